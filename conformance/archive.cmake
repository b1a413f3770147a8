# cmake -DVERSION=<version> -DFOLDER=<folder> -P archive.cmake
#
# Writes FOLDER/joblib-conformance-VERSION.tar.gz: this folder, the spec beside it, the licence,
# and what lets the runner be installed. Unpacked it needs nothing but Python.

set(name "joblib-conformance-${VERSION}")
set(source "${CMAKE_CURRENT_LIST_DIR}")
set(stage "${FOLDER}/${name}")

file(REMOVE_RECURSE "${stage}")
file(COPY "${source}/" DESTINATION "${stage}"
    PATTERN __pycache__ EXCLUDE PATTERN CMakeLists.txt EXCLUDE PATTERN "*.cmake" EXCLUDE
    PATTERN "*.in" EXCLUDE)
file(COPY "${source}/../spec" "${source}/../LICENSE" DESTINATION "${stage}")
file(WRITE "${stage}/runner/VERSION" "${VERSION}\n")
configure_file("${source}/pyproject.toml.in" "${stage}/pyproject.toml" @ONLY)

# One time for all files, so that the same tree gives the same archive.
execute_process(
    COMMAND "${CMAKE_COMMAND}" -E tar czf "${name}.tar.gz" --format=gnutar --mtime=2000-01-01 "${name}"
    WORKING_DIRECTORY "${FOLDER}" COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE "${stage}")
file(SIZE "${FOLDER}/${name}.tar.gz" size)
message("${FOLDER}/${name}.tar.gz: ${size} bytes")
