# TomlPlusPlus::headers: toml++ as the header-only library it can be. The package's own CMake target insists on the
# shared library, for one source file of ours.
find_path(TomlPlusPlus_INCLUDE_DIR toml++/toml.h)
mark_as_advanced(TomlPlusPlus_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(TomlPlusPlus REQUIRED_VARS TomlPlusPlus_INCLUDE_DIR)
if(TomlPlusPlus_FOUND AND NOT TARGET TomlPlusPlus::headers)
  add_library(TomlPlusPlus::headers INTERFACE IMPORTED)
  set_target_properties(TomlPlusPlus::headers PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${TomlPlusPlus_INCLUDE_DIR}" INTERFACE_COMPILE_DEFINITIONS TOML_HEADER_ONLY=1)
endif()
