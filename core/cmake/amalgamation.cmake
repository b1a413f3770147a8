# The target `amalgamation` writes joblib.c and joblib.h into the folder amalgamation of the
# build: the library as one file, for programs and packages that cannot run CMake. It holds
# the families of JOBLIB_ESTIMATORS; macros can leave out more.

set(amalgamation_dir "${PROJECT_BINARY_DIR}/amalgamation")
file(MAKE_DIRECTORY "${amalgamation_dir}")

get_target_property(sources joblib_objects SOURCES)
list(TRANSFORM sources REPLACE "^${CMAKE_CURRENT_SOURCE_DIR}/src/" "")
list(JOIN sources "\n" lines)
set(source_list "${CMAKE_CURRENT_BINARY_DIR}/sources.txt")
file(CONFIGURE OUTPUT "${source_list}" CONTENT "${lines}\n" @ONLY)

# One file stands alone: libraries other than zlib only where they are asked for.
set(features JOBLIB_HAVE_LIBDEFLATE=0 JOBLIB_HAVE_BZ2=0 JOBLIB_HAVE_LZMA=0 JOBLIB_HAVE_LZ4=0
    JOBLIB_HAVE_ZSTD=0 JOBLIB_HAVE_THREADS=1 JOBLIB_HAVE_FILES=1 ${JOBLIB_FAMILY_FEATURES})
list(JOIN features " " features)

set(arguments
    -v "include=${CMAKE_CURRENT_SOURCE_DIR}/include"
    -v "source=${CMAKE_CURRENT_SOURCE_DIR}/src"
    -v "version=${JOBLIB_GENERATED}/joblib/version.h"
    -v "features=${features}"
    -v "out=${amalgamation_dir}"
    -f "${CMAKE_CURRENT_SOURCE_DIR}/cmake/amalgamation.awk" "${source_list}")
set(all "")
if(JOBLIB_BUILD_TESTS)
    set(all ALL)
endif()
add_custom_target(amalgamation ${all} COMMAND awk ${arguments}
    BYPRODUCTS "${amalgamation_dir}/joblib.c" "${amalgamation_dir}/joblib.h"
    COMMENT "Joining the sources into one file" VERBATIM)
