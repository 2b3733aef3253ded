#include "escapement/cli/output_lock.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "escapement/config/input_error.h"

namespace escapement::cli {

namespace fs = std::filesystem;
using config::InputError;

namespace {

constexpr const char* kName = ".escapement-lock";
constexpr const char* kFormat = "escapement-lock/1";
constexpr const char* kExpected = "a folder that no other command writes to";

// A process, told from a later one of the same number by the time of its start, and its machine, told from containers of
// the same name by the space in which processes are numbered.
struct Owner {
  long pid = 0;
  std::string start, host, space;
};

std::string word(std::string text) {
  for (char& c : text)
    if (c <= ' ' || c > '~') c = '_';
  return text.empty() ? "-" : text;
}

// State and start of a process; none if it has ended, "?" if the machine does not say.
std::optional<std::string> start_of(long pid) {
  if (::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH) return std::nullopt;
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  const std::string stat{std::istreambuf_iterator<char>(in), {}};
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return "?";
  std::istringstream fields(stat.substr(name_end + 1));
  std::string state, field;
  fields >> state;
  if (state == "Z" || state == "X") return std::nullopt;  // it waits for its parent, and writes no more
  constexpr int kFieldsBeforeStart = 18;
  for (int i = 0; i < kFieldsBeforeStart; ++i) fields >> field;
  fields >> field;
  return fields ? field : "?";
}

Owner self() {
  Owner owner;
  owner.pid = ::getpid();
  owner.start = start_of(owner.pid).value_or("?");
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  owner.host = word(name);
  std::error_code error;
  owner.space = word(fs::read_symlink("/proc/self/ns/pid", error).string());
  return owner;
}

std::string text_of(const Owner& owner) {
  return fmt::format("{} {} {} {} {}\n", kFormat, owner.pid, owner.start, owner.host, owner.space);
}

std::optional<Owner> owner_of(const std::string& text) {
  std::istringstream in(text);
  std::string format;
  Owner owner;
  if (!(in >> format >> owner.pid >> owner.start >> owner.host >> owner.space)) return std::nullopt;
  return format == kFormat && owner.pid > 0 ? std::optional(owner) : std::nullopt;
}

// An open file that is closed at the end, and with it unlocked.
class File {
 public:
  explicit File(const fs::path& path)
      : path_(path), file_(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644)) {
    if (file_ < 0) throw InputError(path.string(), "", "a file that can be written", std::strerror(errno));
  }
  ~File() { ::close(file_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  // Waits for a process that is just taking the lock. Returns false if it has removed the file meanwhile.
  bool locked() const {
    while (::flock(file_, LOCK_EX) != 0 && errno == EINTR) continue;
    struct stat mine, named;
    return ::fstat(file_, &mine) == 0 && ::lstat(path_.c_str(), &named) == 0 && mine.st_ino == named.st_ino &&
           mine.st_dev == named.st_dev;
  }
  std::string read() const {
    std::string text(4096, '\0');
    const ssize_t size = ::pread(file_, text.data(), text.size(), 0);
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
  }
  void write(const std::string& text) const {
    if (::ftruncate(file_, 0) == 0 &&
        ::pwrite(file_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()))
      return;
    const int problem = errno;
    ::unlink(path_.c_str());
    throw InputError(path_.string(), "", "room to write", std::strerror(problem));
  }

 private:
  const fs::path& path_;
  int file_;
};

// Throws if the owner of the lock may still be writing.
void check_owner(const fs::path& path, const Owner& owner, const Owner& mine, bool take_over) {
  if (owner.host != mine.host || owner.space != mine.space) {
    if (take_over) return;
    throw InputError(
        path.string(), "",
        fmt::format("{}; process {} of {} {} does; if it has ended, add --take-over", kExpected, owner.pid,
                    owner.host == mine.host ? "another container of host" : "host", owner.host));
  }
  const std::optional<std::string> start = start_of(owner.pid);
  const bool another = start && *start != "?" && owner.start != "?" && *start != owner.start;
  if (start && !another && owner.pid != mine.pid)
    throw InputError(path.string(), "",
                     fmt::format("{}; process {} of this host does", kExpected, owner.pid));
}

}  // namespace

OutputLock::OutputLock(const fs::path& directory, bool take_over) : path_(directory / kName) {
  const Owner mine = self();
  for (;;) {
    const File file(path_);
    if (!file.locked()) continue;
    const std::string text = file.read();
    const std::optional<Owner> owner = owner_of(text);
    // A process that was killed while it wrote its line leaves a part of it.
    const bool begun = text.find('\n') == std::string::npos &&
                       (text.rfind(kFormat, 0) == 0 || std::string(kFormat).rfind(text, 0) == 0);
    if (!owner && !begun)
      throw InputError(path_.string(), "", "a lock of escapement, or no file of that name");
    if (owner) check_owner(path_, *owner, mine, take_over);
    file.write(text_of(mine));
    return;
  }
}

OutputLock::~OutputLock() { ::unlink(path_.c_str()); }

}  // namespace escapement::cli
