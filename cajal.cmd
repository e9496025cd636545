@echo off
rem Starts Cajal's command line: cajal --help
rem
rem The twin of the shell script "cajal": finds a JDK, builds the application if the sources differ from those that it
rem was built from (into target\launcher), and starts java. See docs/decisions/0002-launcher.md.
setlocal EnableExtensions DisableDelayedExpansion

set "HOME_FOLDER=%~dp0"
set "HOME_FOLDER=%HOME_FOLDER:~0,-1%"
set "STATE=%HOME_FOLDER%\target\launcher"
set "MAIN=dev.cajal.cli/dev.cajal.cli.Main"

call "%HOME_FOLDER%\build\find-jdk.cmd"
if errorlevel 1 exit /b 5

rem Options of java for a command that computes, and for one that only prints: the latter does without the CPU backend,
rem because java starts a third slower with the Vector API. Java's own messages never go to standard output.
set "QUIET=-XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning,aot*=off,cds*=off:stderr"
set "FULL=%QUIET% -XX:+UseParallelGC --enable-native-access=dev.cajal.onednn"
set "LIGHT=%QUIET% -XX:+UseSerialGC -XX:TieredStopAtLevel=1"

call :is_built
if errorlevel 1 call :build
if errorlevel 1 exit /b 5
set /p RUN=<"%STATE%\current"
set "RUN=%STATE%\runs\%RUN%"

set "KIND=full"
if "%~1"=="" set "KIND=light"
:next_argument
if "%~1"=="-h" set "KIND=light"
if "%~1"=="--help" set "KIND=light"
if "%~1"=="-V" set "KIND=light"
if "%~1"=="--version" set "KIND=light"
shift
if not "%~1"=="" goto next_argument
set "CACHE=%RUN%\%KIND%-%CAJAL_BEST_VERSION%.aot"
if not exist "%CACHE%" call :remember %KIND%
call :options %KIND%
for %%c in ("%CACHE%") do if not "%%~zc"=="0" set OPTIONS=%OPTIONS% "-XX:AOTCache=%CACHE%"
"%JAVA_HOME%\bin\java.exe" %OPTIONS% -p "%MODULES%" -m %MAIN% %*
exit /b %ERRORLEVEL%

:options
set "OPTIONS=%FULL%"
set "MODULES=%RUN%\lib;%RUN%\cpu"
if "%~1"=="light" set "OPTIONS=%LIGHT%"
if "%~1"=="light" set "MODULES=%RUN%\lib"
exit /b 0

rem What java loaded and linked on a start, written down so that later starts read it instead. Java ignores it when
rem anything about it does not fit, so it is never wrong; an empty file says that this java could not make one.
:remember
setlocal
call :options %1
set "NEW=%RUN%\%RANDOM%%RANDOM%.aot"
"%JAVA_HOME%\bin\java.exe" %OPTIONS% "-XX:AOTCacheOutput=%NEW%" -p "%MODULES%" -m %MAIN% --help <nul >nul 2>&1
if not exist "%NEW%" type nul >"%NEW%"
move /y "%NEW%" "%RUN%\%~1-%CAJAL_BEST_VERSION%.aot" >nul 2>&1
exit /b 0

rem Are the sources those that the application was built from? robocopy lists what differs and copies nothing.
:is_built
if not exist "%STATE%\current" exit /b 1
if not exist "%STATE%\sources" exit /b 1
set "COMPARE=/L"
call :copy_sources "%STATE%\sources"
exit /b %DIFFERENT%

rem Copies the sources to folder %1, or with COMPARE=/L only compares; sets DIFFERENT to 1 if there was anything to do.
:copy_sources
set "DIFFERENT=0"
robocopy "%HOME_FOLDER%" "%~1\poms" pom.xml /S /LEV:2 %COMPARE% /NJH /NJS /NFL /NDL /NP >nul
if errorlevel 1 set "DIFFERENT=1"
pushd "%HOME_FOLDER%"
for /d %%m in (*) do call :copy_module "%%m" "%~1\%%m"
popd
exit /b 0

:copy_module
if not exist "%~1\src\main\" exit /b 0
robocopy "%~1\src\main" "%~2" /MIR %COMPARE% /NJH /NJS /NFL /NDL /NP >nul
if errorlevel 1 set "DIFFERENT=1"
exit /b 0

rem One build at a time: a file can be open for writing in one process only.
:build
if not exist "%STATE%\runs" md "%STATE%\runs" 2>nul
if not exist "%STATE%\runs" (
    >&2 echo cajal: the application has to be built, but %HOME_FOLDER% is not writable.
    exit /b 5
)
set "BUILT="
(call :build_alone 2>&8 9>"%STATE%\lock") 8>&2 2>nul
if defined BUILT exit /b %BUILT%
if not defined WAITING >&2 echo cajal: waiting for another process, which builds the application.
set "WAITING=yes"
ping -n 2 127.0.0.1 >nul
goto build

:build_alone
call :is_built
if not errorlevel 1 (
    set "BUILT=0"
    exit /b 0
)
>&2 echo cajal: building the application. The first time takes a minute, later starts are immediate.
set "COMPARE="
call :copy_sources "%STATE%\sources.new"
pushd "%HOME_FOLDER%"
call mvnw.cmd -B -q -Dfast -Dmaven.test.skip -Dtarget.folder=target/launcher package -pl cli -am >"%STATE%\build.log" 2>&1 <nul
if errorlevel 1 (
    popd
    >&2 type "%STATE%\build.log"
    >&2 echo cajal: the build failed. Its messages are above and in %STATE%\build.log
    set "BUILT=5"
    exit /b 0
)
popd
rem A folder of its own for each build: programs that still run keep theirs.
set "NAME=%RANDOM%%RANDOM%"
set "RUN=%STATE%\runs\%NAME%"
md "%RUN%\lib" "%RUN%\cpu"
copy /y "%HOME_FOLDER%\cli\target\launcher\app\*.jar" "%RUN%\lib" >nul
move /y "%RUN%\lib\cajal-cpu-*.jar" "%RUN%\cpu" >nul
call :remember full
call :remember light
rem A folder with a file that is open cannot be renamed, so only those that nobody uses go away.
pushd "%STATE%\runs"
for /d %%r in (*) do if not "%%r"=="%NAME%" ren "%%r" "old-%%r" 2>nul
for /d %%r in (old-*) do rd /s /q "%%r"
popd
>"%STATE%\current" echo %NAME%
if exist "%STATE%\sources" rd /s /q "%STATE%\sources"
ren "%STATE%\sources.new" sources
set "BUILT=0"
exit /b 0
