# Arb::Arb, midpoint-radius enclosures, with FLINT beneath. Debian names the library flint-arb, upstream arb.
include(CMakeFindDependencyMacro)
find_dependency(MPFR)
find_path(Arb_INCLUDE_DIR arb.h PATH_SUFFIXES flint-arb)
find_library(Arb_LIBRARY NAMES flint-arb arb)
find_path(Arb_FLINT_INCLUDE_DIR flint/flint.h)
find_library(Arb_FLINT_LIBRARY flint)
mark_as_advanced(Arb_INCLUDE_DIR Arb_LIBRARY Arb_FLINT_INCLUDE_DIR Arb_FLINT_LIBRARY)
if(Arb_INCLUDE_DIR)
  file(STRINGS "${Arb_INCLUDE_DIR}/arb.h" _arb_line REGEX "#define ARB_VERSION ")
  string(REGEX MATCH "[0-9][0-9.]*" Arb_VERSION "${_arb_line}")
  unset(_arb_line)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Arb
  REQUIRED_VARS Arb_LIBRARY Arb_INCLUDE_DIR Arb_FLINT_LIBRARY Arb_FLINT_INCLUDE_DIR VERSION_VAR Arb_VERSION)
if(Arb_FOUND AND NOT TARGET Arb::Arb)
  add_library(Arb::Arb UNKNOWN IMPORTED)
  set_target_properties(Arb::Arb PROPERTIES
    IMPORTED_LOCATION "${Arb_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${Arb_INCLUDE_DIR};${Arb_FLINT_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${Arb_FLINT_LIBRARY};MPFR::MPFR;GMP::GMP")
endif()
