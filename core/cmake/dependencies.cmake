# Finds what the library is linked with. Sets, for core/CMakeLists.txt:
#   JOBLIB_LIBRARIES          to link
#   JOBLIB_FEATURES           definitions, each 0 or 1; JOBLIB_FAMILY_FEATURES is a part of them
#   JOBLIB_STATIC_DEFINITION  what users of the static library define on Windows

# Other folders link targets that depend on these.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

find_package(ZLIB REQUIRED)
set(JOBLIB_LIBRARIES ZLIB::ZLIB)

if(NOT JOBLIB_WITH_LIBDEFLATE MATCHES "^(AUTO|ON|OFF)$")
    message(FATAL_ERROR "JOBLIB_WITH_LIBDEFLATE is ${JOBLIB_WITH_LIBDEFLATE}, not AUTO, ON or OFF")
endif()
set(JOBLIB_HAVE_LIBDEFLATE 0)
if(NOT JOBLIB_WITH_LIBDEFLATE STREQUAL OFF)
    find_package(Deflate)
    if(Deflate_FOUND)
        set(JOBLIB_HAVE_LIBDEFLATE 1)
        list(APPEND JOBLIB_LIBRARIES Deflate::Deflate)
    elseif(JOBLIB_WITH_LIBDEFLATE STREQUAL ON)
        message(FATAL_ERROR "JOBLIB_WITH_LIBDEFLATE is ON, but libdeflate is not installed")
    endif()
endif()

set(JOBLIB_HAVE_THREADS 0)
if(JOBLIB_WITH_THREADS)
    set(THREADS_PREFER_PTHREAD_FLAG ON)
    find_package(Threads REQUIRED)
    set(JOBLIB_HAVE_THREADS 1)
    list(APPEND JOBLIB_LIBRARIES Threads::Threads)
endif()

if(NOT WIN32)
    list(APPEND JOBLIB_LIBRARIES m)
endif()

set(JOBLIB_FAMILIES linear trees preprocessing pipeline dummy)
foreach(family IN LISTS JOBLIB_ESTIMATORS)
    if(NOT family IN_LIST JOBLIB_FAMILIES)
        list(JOIN JOBLIB_FAMILIES " " families)
        message(FATAL_ERROR "JOBLIB_ESTIMATORS names ${family}; the families are ${families}")
    endif()
endforeach()
set(JOBLIB_FAMILY_FEATURES "")
foreach(family IN LISTS JOBLIB_FAMILIES)
    string(TOUPPER ${family} name)
    set(chosen 0)
    if(family IN_LIST JOBLIB_ESTIMATORS)
        set(chosen 1)
    endif()
    list(APPEND JOBLIB_FAMILY_FEATURES JOBLIB_FAMILY_${name}=${chosen})
endforeach()

set(JOBLIB_FEATURES
    JOBLIB_HAVE_LIBDEFLATE=${JOBLIB_HAVE_LIBDEFLATE}
    JOBLIB_HAVE_THREADS=${JOBLIB_HAVE_THREADS}
    JOBLIB_HAVE_FILES=$<BOOL:${JOBLIB_WITH_FILES}>
    ${JOBLIB_FAMILY_FEATURES})

set(JOBLIB_STATIC_DEFINITION "")
if(WIN32 AND NOT BUILD_SHARED_LIBS)
    set(JOBLIB_STATIC_DEFINITION JOBLIB_STATIC)
endif()
