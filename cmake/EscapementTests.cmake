# Tests, properties and fuzzers: one executable per folder (per file for fuzzers), found by name.
#   tests/<room>/*.cpp            Catch2                 CTest name  test.<room>
#   property_tests/<room>/*.cpp   RapidCheck in Catch2               property.<room>
#   property_tests/mutants.txt    laws that must fail                mutant.<name>
#   tests/cli/*.sh                the built tool as $1               cli.<file>
#   tests/fuzz/*.cpp              main of its own                    fuzz.<file>
#   tests/calibration/*.cpp       one program                        calibration.short

set(escapement_test_data ${PROJECT_SOURCE_DIR}/tests/data)

# Each test runs in an empty folder of its own and is told where the data and the tool are.
function(escapement_register name)
  set(scratch ${PROJECT_BINARY_DIR}/scratch/${name})
  file(MAKE_DIRECTORY ${scratch})
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${scratch})
  set(environment ESCAPEMENT_TEST_DATA=${escapement_test_data})
  if(TARGET escapement_tool)
    list(APPEND environment ESCAPEMENT_TOOL=$<TARGET_FILE:escapement_tool>)
  endif()
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "${environment}")
endfunction()

function(escapement_test_target target)
  escapement_own(${target})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${target} PRIVATE ESCAPEMENT_TEST_DATA="${escapement_test_data}")
  target_link_libraries(${target} PRIVATE escapement_all nlohmann_json::nlohmann_json fmt::fmt Eigen3::Eigen)
  if(TARGET escapement_cli)
    target_link_libraries(${target} PRIVATE escapement_cli)
  endif()
  if(TARGET escapement_tool)
    add_dependencies(${target} escapement_tool)
  endif()
endfunction()

function(escapement_add_catch_tests kind root)
  file(GLOB folders CONFIGURE_DEPENDS RELATIVE ${root} ${root}/*)
  list(REMOVE_ITEM folders support fuzz data calibration)
  foreach(folder IN LISTS folders)
    file(GLOB sources CONFIGURE_DEPENDS ${root}/${folder}/*.cpp)
    if(NOT sources)
      continue()
    endif()
    set(target ${kind}_${folder})
    add_executable(${target} ${sources} $<TARGET_OBJECTS:escapement_catch_main>)
    escapement_test_target(${target})
    target_link_libraries(${target} PRIVATE Catch2::Catch2 rapidcheck rapidcheck_catch MPFI::MPFI)
    escapement_register(${kind}.${folder} ${target})
  endforeach()
endfunction()

if(ESCAPEMENT_BUILD_TESTS)
  find_package(Catch2 2.13 REQUIRED)
  find_package(rapidcheck REQUIRED)
  find_package(MPFI REQUIRED)

  add_library(escapement_catch_main OBJECT ${PROJECT_SOURCE_DIR}/tests/support/catch_main.cpp)
  escapement_own(escapement_catch_main)
  target_include_directories(escapement_catch_main PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(escapement_catch_main PRIVATE Catch2::Catch2)

  escapement_add_catch_tests(test ${PROJECT_SOURCE_DIR}/tests)
  escapement_add_catch_tests(property ${PROJECT_SOURCE_DIR}/property_tests)

  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/calibration/*.cpp)
  add_executable(calibrate ${sources})
  escapement_test_target(calibrate)
  escapement_register(calibration.short calibrate --short)

  include(EscapementMutants)

  file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/cli/*.sh)
  if(TARGET escapement_tool)
    foreach(script IN LISTS scripts)
      get_filename_component(name ${script} NAME_WE)
      escapement_register(cli.${name} bash ${script} $<TARGET_FILE:escapement_tool>)
    endforeach()
  endif()
endif()

if(ESCAPEMENT_BUILD_FUZZ)
  add_custom_target(fuzzers)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/*.cpp)
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    escapement_test_target(fuzz_${name})
    set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
    add_dependencies(fuzzers fuzz_${name})
    escapement_register(fuzz.${name} fuzz_${name} --cases 2000 --seed 1)
  endforeach()
endif()
