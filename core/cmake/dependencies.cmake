# Finds what the library is linked with. Sets, for core/CMakeLists.txt:
#   JOBLIB_LIBRARIES          to link
#   JOBLIB_FEATURES           definitions, each 0 or 1; JOBLIB_FAMILY_FEATURES is a part of them
#   JOBLIB_STATIC_DEFINITION  what users of the static library define on Windows

# Other folders link targets that depend on these.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

find_package(ZLIB REQUIRED)
set(JOBLIB_LIBRARIES ZLIB::ZLIB)

# Adds a library that can be left out: JOBLIB_WITH_<name> is AUTO, ON or OFF. Sets
# JOBLIB_HAVE_<name> to 0 or 1.
macro(joblib_find_optional name package target)
    if(NOT JOBLIB_WITH_${name} MATCHES "^(AUTO|ON|OFF)$")
        message(FATAL_ERROR "JOBLIB_WITH_${name} is ${JOBLIB_WITH_${name}}, not AUTO, ON or OFF")
    endif()
    set(JOBLIB_HAVE_${name} 0)
    if(NOT JOBLIB_WITH_${name} STREQUAL OFF)
        find_package(${package})
        if(TARGET ${target})
            set(JOBLIB_HAVE_${name} 1)
        elseif(JOBLIB_WITH_${name} STREQUAL ON)
            message(FATAL_ERROR "JOBLIB_WITH_${name} is ON, but ${package} was not found")
        endif()
    endif()
endmacro()

# Adds one that the library itself is linked with.
macro(joblib_link_optional name package target)
    joblib_find_optional(${name} ${package} ${target})
    if(JOBLIB_HAVE_${name})
        list(APPEND JOBLIB_LIBRARIES ${target})
    endif()
endmacro()

joblib_link_optional(LIBDEFLATE Deflate Deflate::Deflate)
joblib_link_optional(BZ2 BZip2 BZip2::BZip2)
joblib_link_optional(LZMA LibLZMA LibLZMA::LibLZMA)
joblib_link_optional(LZ4 LZ4 LZ4::LZ4)
joblib_link_optional(ZSTD ZSTD ZSTD::ZSTD)
joblib_find_optional(JANSSON Jansson Jansson::Jansson)

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
    JOBLIB_HAVE_BZ2=${JOBLIB_HAVE_BZ2}
    JOBLIB_HAVE_LZMA=${JOBLIB_HAVE_LZMA}
    JOBLIB_HAVE_LZ4=${JOBLIB_HAVE_LZ4}
    JOBLIB_HAVE_ZSTD=${JOBLIB_HAVE_ZSTD}
    JOBLIB_HAVE_THREADS=${JOBLIB_HAVE_THREADS}
    JOBLIB_HAVE_FILES=$<BOOL:${JOBLIB_WITH_FILES}>
    ${JOBLIB_FAMILY_FEATURES})

set(JOBLIB_STATIC_DEFINITION "")
if(WIN32 AND NOT BUILD_SHARED_LIBS)
    set(JOBLIB_STATIC_DEFINITION JOBLIB_STATIC)
endif()
