"""Coefficients of logistic regression, with an L2 penalty, by scikit-learn on two data sets.

    CAJAL_DATA=../shared/data python tests/src/test/python/logistic_regression.py > tests/src/test/resources/dev/cajal/oracle/logistic-regression.csv

Columns are standardised (mean 0, deviation 1, divided by n). The objective is sum(log loss) + 1/2 |w|^2, the intercept is not penalised.
"""

import os
import platform

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

data = os.environ.get("CAJAL_DATA", "../shared/data")


def fit(name, x, y):
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    model = LogisticRegression(C=1.0, tol=1e-12, max_iter=100000, solver="newton-cholesky").fit(x, y)
    for i, w in enumerate(model.coef_[0]):
        print(f"{name},{i},{w:.12g}")
    print(f"{name},intercept,{model.intercept_[0]:.12g}")


print(f"# scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}")
print("data,coefficient,value")
pima = np.loadtxt(f"{data}/uci/pima-indians-diabetes.csv", delimiter=",")
fit("pima", pima[:, :-1], pima[:, -1])
rows = [line.strip().split(",") for line in open(f"{data}/uci/iris.csv") if line.strip()]
iris = np.array([[float(v) for v in r[:4]] for r in rows if r[4] != "Iris-setosa"])
labels = np.array([1 if r[4] == "Iris-virginica" else 0 for r in rows if r[4] != "Iris-setosa"])
fit("iris", iris, labels)
