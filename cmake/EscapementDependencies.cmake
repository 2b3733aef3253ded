# What we use of others, and which room links what. Headers of imported targets are system headers: our warnings
# do not reach into them.
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW)
endif()

find_package(Threads REQUIRED)
# 1.81 is the first release whose number types are comfortable in C++20; Debian 12 also ships 1.74.
find_package(Boost 1.81 REQUIRED)
find_package(GMP REQUIRED)
find_package(MPFR 4 REQUIRED)
find_package(Arb 2.19 REQUIRED)  # arb_dot and arb_approx_dot
find_package(Random123 REQUIRED)
find_package(Eigen3 3.4 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2 REQUIRED)
find_package(TomlPlusPlus REQUIRED)
find_package(NLopt REQUIRED)
find_package(rapidcheck REQUIRED)

# public: appears in the room's headers, so users need it too. private: in its sources only; of these the header-only
# ones stay out of the installed package.
set(escapement_public_numeric Boost::headers GMP::GMP MPFR::MPFR Arb::Arb)
set(escapement_private_numeric $<BUILD_INTERFACE:Eigen3::Eigen> $<BUILD_INTERFACE:Random123::Random123>)
set(escapement_private_config $<BUILD_INTERFACE:TomlPlusPlus::headers> fmt::fmt)
set(escapement_private_model $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> fmt::fmt)
set(escapement_private_observe fmt::fmt)
set(escapement_private_theory $<BUILD_INTERFACE:Eigen3::Eigen> fmt::fmt)
set(escapement_private_judge $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> fmt::fmt Threads::Threads)
set(escapement_private_engine $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> fmt::fmt Threads::Threads)
set(escapement_public_hunt rapidcheck)
set(escapement_private_hunt $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> fmt::fmt NLopt::nlopt Threads::Threads)
set(escapement_private_report $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> fmt::fmt)
set(escapement_public_cli CLI11::CLI11 nlohmann_json::nlohmann_json fmt::fmt Threads::Threads)
