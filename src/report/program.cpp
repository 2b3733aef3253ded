#include "escapement/report/program.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

// The C objects of posix_spawn, freed at the end.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

constexpr int kMilliseconds = 50;  // between two looks at `stop`

// The end of all that comes; none if `stop` said so before.
std::optional<std::string> read_end(int descriptor, const std::function<bool()>& stop) {
  constexpr std::size_t kKept = 4096;
  std::string text;
  char buffer[1024];
  for (;;) {
    if (stop && stop()) return std::nullopt;
    pollfd wait{descriptor, POLLIN, 0};
    const int ready = poll(&wait, 1, stop ? kMilliseconds : -1);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t got = read(descriptor, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > kKept) text.erase(0, text.size() - kKept);
  }
}

std::string last_line(std::string text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return {};
  text.erase(end + 1);
  const std::size_t newline = text.rfind('\n');
  return fit_width(one_line(newline == std::string::npos ? text : text.substr(newline + 1)), 200);
}

ProgramResult judge(int status, const std::string& errors) {
  std::string message = last_line(errors);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {ProgramResult::End::succeeded, message};
  if (WIFSIGNALED(status))
    message = fmt::format("ended by signal {} ({})", WTERMSIG(status), strsignal(WTERMSIG(status)));
  else if (message.empty())
    message = fmt::format("exit status {}", WEXITSTATUS(status));
  return {ProgramResult::End::failed, message};
}

}  // namespace

ProgramResult run_program(const std::string& program, const std::vector<std::string>& arguments,
                          const std::filesystem::path& directory, const std::function<bool()>& stop) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {ProgramResult::End::failed, std::strerror(errno)};

  SpawnSettings settings;
  posix_spawn_file_actions_addchdir_np(&settings.actions, directory.c_str());
  posix_spawn_file_actions_addopen(&settings.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&settings.actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&settings.actions, ends[1], STDERR_FILENO);
  // The caller may have signals blocked or ignored for reasons of its own.
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&defaults, number);
  posix_spawnattr_setsigmask(&settings.attributes, &none);
  posix_spawnattr_setsigdefault(&settings.attributes, &defaults);
  posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  // A relative path is meant from here, not from `directory`.
  const bool has_slash = program.find('/') != std::string::npos;
  const std::string name = has_slash ? std::filesystem::absolute(program).string() : program;
  std::vector<std::string> words = {name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  pid_t child = 0;
  const int error =
      posix_spawnp(&child, name.c_str(), &settings.actions, &settings.attributes, argv.data(), environ);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return {error == ENOENT ? ProgramResult::End::not_found : ProgramResult::End::failed,
            std::strerror(error)};
  }
  const std::optional<std::string> errors = read_end(ends[0], stop);
  close(ends[0]);
  // A program may live on after it has closed its standard error.
  while (errors && !(stop && stop())) {
    int status = 0;
    const pid_t ended = waitpid(child, &status, stop ? WNOHANG : 0);
    if (ended == child) return judge(status, *errors);
    if (ended < 0 && errno != EINTR) return {ProgramResult::End::failed, std::strerror(errno)};
    if (ended == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  kill(child, SIGKILL);
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return {ProgramResult::End::stopped, "stopped"};
}

}  // namespace escapement::report
