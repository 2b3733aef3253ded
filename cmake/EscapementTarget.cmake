# Compile options shared by everything that is ours.

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
  set(ESCAPEMENT_X86 ON)
else()
  set(ESCAPEMENT_X86 OFF)
endif()

# False alarms of older GCC: `"literal" + std::string` (bug 105651), and the undefined vectors inside its own AVX-512
# intrinsics (bug 105593).
set(escapement_quiet)
set(escapement_quiet_avx512)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(escapement_quiet -Wno-restrict)
  set(escapement_quiet_avx512 -Wno-uninitialized -Wno-maybe-uninitialized)
endif()

# The standard library and Boost's numbers, parsed once for all targets: about a third of what compiling all of ours
# takes. No header of ours is among them, so that each file still has to include what it uses of ours.
if(ESCAPEMENT_PRECOMPILE)
  file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "")
  add_library(escapement_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
  target_compile_features(escapement_precompiled PRIVATE cxx_std_20)
  set_target_properties(escapement_precompiled PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(escapement_precompiled PRIVATE -ffp-contract=off -Wpedantic)
  target_link_libraries(escapement_precompiled PRIVATE Boost::headers GMP::GMP MPFR::MPFR)
  target_precompile_headers(escapement_precompiled PRIVATE
    <algorithm> <cmath> <filesystem> <fstream> <functional> <map> <memory> <optional> <sstream> <string> <vector>
    <boost/multiprecision/gmp.hpp> <boost/multiprecision/mpfr.hpp>)
endif()

# Warnings and definitions for a target of ours; not passed on to those who use it.
function(escapement_own target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion ${escapement_quiet})
  # Places in messages read src/... whoever built it where.
  target_compile_options(${target} PRIVATE
    -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/= -fmacro-prefix-map=${PROJECT_BINARY_DIR}/include/=)
  target_compile_definitions(${target} PRIVATE ESCAPEMENT_VERSION="${PROJECT_VERSION}")
  if(ESCAPEMENT_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM escapement_precompiled)
    # GCC forgets that what it precompiled are system headers, and then warns inside std::string.
    target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-stringop-overflow
      -Wno-stringop-overread -Wno-restrict)
  endif()
endfunction()

# Kernels compiled once per instruction set: the file's name says which. One of these files must not define an
# inline function that others define too, or the linker may keep the copy that an older processor cannot run;
# tools/isa_leak.sh checks that.
function(escapement_isa_sources out)
  set(kept)
  foreach(source IN LISTS ARGN)
    if(source MATCHES "_avx512\\.cpp$")
      set(options -mavx512f -mavx512dq -mavx512vl -mfma -mavx2 -mprefer-vector-width=512
        ${escapement_quiet_avx512})
    elseif(source MATCHES "_avx2\\.cpp$")
      set(options -mavx2 -mfma)
    else()
      list(APPEND kept ${source})
      continue()
    endif()
    if(ESCAPEMENT_X86)
      set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "${options}" SKIP_PRECOMPILE_HEADERS ON)
      list(APPEND kept ${source})
    endif()
  endforeach()
  set(${out} ${kept} PARENT_SCOPE)
endfunction()
