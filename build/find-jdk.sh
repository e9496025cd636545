# Finds a JDK of release 25 or newer and exports its folder as JAVA_HOME. Sourced by `mvnw`, `cajal` and `.ci/run`,
# so it is plain POSIX sh, leaves the caller's options and arguments alone, and starts no process if it can help it:
# the release of a JDK is read from its file `release`.
#
#   . build/find-jdk.sh
#   cajal_find_jdk || exit 1      # says on standard error what to install

CAJAL_JDK_RELEASE=25

# Sets cajal_version and cajal_release, as in 25.0.3 and 25, for the JDK in folder $1; fails if there is no whole JDK.
cajal_jdk_release() {
    cajal_version='' cajal_release=''
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    if [ -r "$1/release" ]; then
        while IFS='=' read -r cajal_key cajal_value || [ -n "$cajal_key" ]; do
            [ "$cajal_key" = JAVA_VERSION ] && cajal_version=$cajal_value && break
        done <"$1/release"
    else
        cajal_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version \("[^"]*"\).*/\1/p')
    fi
    cajal_version=${cajal_version#\"}
    cajal_version=${cajal_version%%[!0-9.]*}
    cajal_release=${cajal_version%%.*}
    [ -n "$cajal_release" ]
}

# Keeps folder $1 as the best so far if its JDK is new enough and nearer to CAJAL_JDK_RELEASE, the one we test with.
cajal_jdk_candidate() {
    cajal_jdk_release "$1" || return 0
    if [ "$cajal_release" -lt "$CAJAL_JDK_RELEASE" ]; then
        case $cajal_too_old in
            *"
    $1 "*) ;;
            *) cajal_too_old="$cajal_too_old
    $1 (release $cajal_release)" ;;
        esac
    elif [ -z "$cajal_best" ] || [ "$cajal_release" -lt "$cajal_best_release" ]; then
        cajal_best=$1
        cajal_best_version=$cajal_version
        cajal_best_release=$cajal_release
    fi
}

# The folder of the JDK whose `java` is first on the path: follows links, of which /usr/bin/java has several.
cajal_jdk_on_path() {
    cajal_java=$(command -v java 2>/dev/null) || return 1
    while [ -L "$cajal_java" ]; do
        cajal_link=$(readlink "$cajal_java") || return 1
        case $cajal_link in
            /*) cajal_java=$cajal_link ;;
            *) cajal_java=${cajal_java%/*}/$cajal_link ;;
        esac
    done
    if [ "$cajal_java" = /usr/bin/java ] && [ -x /usr/libexec/java_home ]; then
        # macOS: a stub that starts the JDK which this program names.
        cajal_java=$(/usr/libexec/java_home --failfast --version "$CAJAL_JDK_RELEASE+" 2>/dev/null) || return 1
        cajal_jdk_candidate "$cajal_java"
        return 0
    fi
    cajal_java=${cajal_java%/java*}
    cajal_jdk_candidate "${cajal_java%/bin}"
}

cajal_jdk_in_usual_folders() {
    for cajal_folder in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk-* /usr/local/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.jdks/*/Contents/Home \
        "${HOME-}"/.gradle/jdks/* "${HOME-}"/.gradle/jdks/*/Contents/Home "${HOME-}"/.jabba/jdk/* \
        "${HOME-}"/.asdf/installs/java/* "${HOME-}"/.local/share/mise/installs/java/* \
        "/c/Program Files"/*/jdk* "/c/Program Files"/Zulu/zulu* "/cygdrive/c/Program Files"/*/jdk*; do
        cajal_jdk_candidate "$cajal_folder"
    done
}

cajal_find_jdk() {
    cajal_best='' cajal_best_version='' cajal_best_release='' cajal_too_old=''
    if [ -n "${JAVA_HOME-}" ]; then
        case $JAVA_HOME in
            [A-Za-z]:*) JAVA_HOME=$(cygpath --unix "$JAVA_HOME") ;; # a Windows path, seen from Git Bash or Cygwin
        esac
        cajal_jdk_candidate "$JAVA_HOME"
    fi
    [ -n "$cajal_best" ] || cajal_jdk_on_path || :
    if [ -z "$cajal_best" ]; then
        case $- in # the stock Maven wrapper switches globbing off
            *f*) set +f; cajal_jdk_in_usual_folders; set -f ;;
            *) cajal_jdk_in_usual_folders ;;
        esac
    fi
    if [ -n "$cajal_best" ]; then
        JAVA_HOME=$cajal_best
        export JAVA_HOME
        return 0
    fi
    cat >&2 <<-END
	Cajal needs a JDK of release $CAJAL_JDK_RELEASE or newer, and found none: neither in JAVA_HOME, nor as 'java' on the path,
	nor in the usual folders.${cajal_too_old:+ Too old:$cajal_too_old}
	Install one, for example:
	    Debian, Ubuntu   sudo apt install openjdk-$CAJAL_JDK_RELEASE-jdk
	    Fedora           sudo dnf install java-$CAJAL_JDK_RELEASE-openjdk-devel
	    macOS            brew install openjdk@$CAJAL_JDK_RELEASE
	    SDKMAN!          sdk install java $CAJAL_JDK_RELEASE-tem
	    any system       https://adoptium.net/temurin/releases/?version=$CAJAL_JDK_RELEASE
	or, if there is one elsewhere, set JAVA_HOME to its folder.
	END
    return 1
}
