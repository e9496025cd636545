@echo off
rem Finds a JDK of release 25 or newer and sets JAVA_HOME to its folder. Called by mvnw.cmd and cajal.cmd.
rem The twin of find-jdk.sh: the release is read from the JDK's file "release", so that no process is started.

set "CAJAL_JDK_RELEASE=25"
set "CAJAL_BEST="
set "CAJAL_BEST_VERSION="
set "CAJAL_BEST_RELEASE="
set "CAJAL_TOO_OLD="

if defined JAVA_HOME call :candidate "%JAVA_HOME:"=%"
if not defined CAJAL_BEST for %%j in (java.exe) do if not "%%~$PATH:j"=="" for %%d in ("%%~dp$PATH:j..") do call :candidate "%%~fd"
if not defined CAJAL_BEST for %%r in (
    "%ProgramFiles%\Eclipse Adoptium"
    "%ProgramFiles%\Java"
    "%ProgramFiles%\Microsoft"
    "%ProgramFiles%\Amazon Corretto"
    "%ProgramFiles%\Zulu"
    "%ProgramFiles%\BellSoft"
    "%ProgramFiles%\SapMachine\JDK"
    "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
    "%USERPROFILE%\.jdks"
    "%USERPROFILE%\.gradle\jdks"
    "%USERPROFILE%\.sdkman\candidates\java"
    "%USERPROFILE%\scoop\apps\openjdk"
    "%USERPROFILE%\scoop\apps\temurin25-jdk"
) do call :folder_of_candidates "%%~r"

if defined CAJAL_BEST (
    set "JAVA_HOME=%CAJAL_BEST%"
    exit /b 0
)
>&2 echo Cajal needs a JDK of release %CAJAL_JDK_RELEASE% or newer, and found none: neither in JAVA_HOME, nor as java.exe on
>&2 echo the path, nor in the usual folders.
if defined CAJAL_TOO_OLD >&2 echo The newest that is too old: %CAJAL_TOO_OLD%
>&2 echo Install one, for example:
>&2 echo     winget install EclipseAdoptium.Temurin.%CAJAL_JDK_RELEASE%.JDK
>&2 echo     https://adoptium.net/temurin/releases/?version=%CAJAL_JDK_RELEASE%
>&2 echo or, if there is one elsewhere, set JAVA_HOME to its folder.
exit /b 1

:folder_of_candidates
if not exist "%~1\" exit /b 0
pushd "%~1"
for /d %%d in (*) do call :candidate "%%~fd"
popd
exit /b 0

rem Keeps folder %1 as the best so far if its JDK is new enough and nearer to the release that we test with.
:candidate
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "CAJAL_VERSION="
set "CAJAL_RELEASE="
for /f "usebackq tokens=1,2 delims==" %%k in ("%~1\release") do if "%%k"=="JAVA_VERSION" set "CAJAL_VERSION=%%~l"
for /f "delims=.-+" %%v in ("%CAJAL_VERSION%") do set "CAJAL_RELEASE=%%v"
if not defined CAJAL_RELEASE exit /b 0
if %CAJAL_RELEASE% lss %CAJAL_JDK_RELEASE% (
    set "CAJAL_TOO_OLD=%~1 (release %CAJAL_RELEASE%)"
    exit /b 0
)
if defined CAJAL_BEST if %CAJAL_RELEASE% geq %CAJAL_BEST_RELEASE% exit /b 0
set "CAJAL_BEST=%~1"
set "CAJAL_BEST_VERSION=%CAJAL_VERSION%"
set "CAJAL_BEST_RELEASE=%CAJAL_RELEASE%"
exit /b 0
