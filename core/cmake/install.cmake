# Installs the library, its headers, the command, and what CMake and pkg-config read.

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/joblib")

install(TARGETS joblib EXPORT joblib-targets FILE_SET HEADERS)
file(RELATIVE_PATH library_from_command
    "/prefix/${CMAKE_INSTALL_BINDIR}" "/prefix/${CMAKE_INSTALL_LIBDIR}")
set_target_properties(joblib_command PROPERTIES
    INSTALL_RPATH "$<IF:$<BOOL:${APPLE}>,@loader_path,$ORIGIN>/${library_from_command}")
install(TARGETS joblib_command)
install(EXPORT joblib-targets NAMESPACE joblib:: DESTINATION "${package_dir}")

configure_package_config_file(cmake/joblib-config.cmake.in joblib-config.cmake
    INSTALL_DESTINATION "${package_dir}"
    NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(joblib-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    "${CMAKE_CURRENT_BINARY_DIR}/joblib-config.cmake"
    "${CMAKE_CURRENT_BINARY_DIR}/joblib-config-version.cmake"
    cmake/FindDeflate.cmake
    cmake/FindLZ4.cmake
    cmake/FindZSTD.cmake
    DESTINATION "${package_dir}")

# joblib.pc finds its prefix from where it lies, so that an installed tree can be moved.
file(RELATIVE_PATH prefix_from_pc
    "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
set(pc_requires zlib)
foreach(pair IN ITEMS LIBDEFLATE=libdeflate LZMA=liblzma LZ4=liblz4 ZSTD=libzstd)
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 name)
    list(GET pair 1 module)
    if(JOBLIB_HAVE_${name})
        string(APPEND pc_requires " ${module}")
    endif()
endforeach()
set(pc_libraries "${CMAKE_THREAD_LIBS_INIT} -lm")
if(JOBLIB_HAVE_BZ2) # many systems have no bzip2.pc
    string(PREPEND pc_libraries "-lbz2 ")
endif()
set(pc_definitions "")
if(JOBLIB_STATIC_DEFINITION)
    set(pc_definitions " -D${JOBLIB_STATIC_DEFINITION}")
endif()
configure_file(cmake/joblib.pc.in joblib.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/joblib.pc"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
