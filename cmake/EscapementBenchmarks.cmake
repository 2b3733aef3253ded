# benchmarks/*.cpp measure us, benchmarks/peers/*.cpp what somebody would have written without us.
find_package(benchmark QUIET)
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-march=native ESCAPEMENT_HAS_MARCH_NATIVE)

set(escapement_benchmark_libraries)
if(benchmark_FOUND)
  # A file with a main of its own keeps it; any other gets Google Benchmark's.
  set(escapement_benchmark_libraries benchmark::benchmark benchmark::benchmark_main)
else()
  message(STATUS "Google Benchmark not found (Debian package libbenchmark-dev): benchmarks that include it are skipped")
endif()

function(escapement_add_benchmark source target folder)
  if(NOT benchmark_FOUND)
    file(STRINGS ${source} uses REGEX "#include <benchmark/benchmark.h>")
    if(uses)
      return()
    endif()
  endif()
  add_executable(${target} ${source})
  escapement_own(${target})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${folder})
  target_link_libraries(${target} PRIVATE
    ${ARGN} ${escapement_benchmark_libraries} nlohmann_json::nlohmann_json fmt::fmt Threads::Threads)
endfunction()

file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/benchmarks/*.cpp)
foreach(source IN LISTS sources)
  get_filename_component(name ${source} NAME_WE)
  escapement_add_benchmark(${source} bench_${name} benchmarks escapement_all)
  if(TARGET bench_${name})
    set_target_properties(bench_${name} PROPERTIES OUTPUT_NAME ${name})
  endif()
endforeach()

# A peer gets the flags that serve it best, and nothing of ours: not our -ffp-contract=off, and not our library, whose
# Eigen types are aligned for another instruction set than -march=native.
file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/benchmarks/peers/*.cpp)
foreach(source IN LISTS sources)
  get_filename_component(name ${source} NAME_WE)
  escapement_add_benchmark(${source} peer_${name} benchmarks/peers
    Eigen3::Eigen Boost::headers MPFR::MPFR GMP::GMP Arb::Arb Random123::Random123)
  if(TARGET peer_${name})
    set_target_properties(peer_${name} PROPERTIES OUTPUT_NAME ${name} DISABLE_PRECOMPILE_HEADERS ON)
    target_compile_options(peer_${name} PRIVATE
      -O3 $<$<BOOL:${ESCAPEMENT_HAS_MARCH_NATIVE}>:-march=native> ${escapement_quiet_avx512})
  endif()
endforeach()

# benchmarks/hunting: planted faults, and plain RapidCheck beside the hunter.
if(TARGET escapement_hunt)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/benchmarks/hunting/*.cpp)
  add_executable(bench_hunting EXCLUDE_FROM_ALL ${sources})
  escapement_own(bench_hunting)
  set_target_properties(bench_hunting PROPERTIES
    OUTPUT_NAME hunting RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/benchmarks)
  target_include_directories(bench_hunting PRIVATE ${PROJECT_SOURCE_DIR}/benchmarks)
  target_link_libraries(bench_hunting PRIVATE escapement_hunt rapidcheck fmt::fmt)
endif()
