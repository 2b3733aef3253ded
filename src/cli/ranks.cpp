#include "escapement/cli/ranks.h"

#include <cstdio>
#include <cstdlib>
#include <new>
#include <system_error>

#include <fmt/format.h>

#include "escapement/cli/interrupt.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/config/input_error.h"
#include "escapement/judge/proofs.h"
#include "escapement/numeric/thread_caches.h"

namespace escapement::cli {

namespace {
constexpr double kFarewellSeconds = 5;
}  // namespace

unsigned threads_of(unsigned asked, const cluster::Transport& ranks) {
  return asked != 0 ? asked : ranks.processors();
}

cluster::Failed as_failed(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const cluster::Failed& error) {
    return error;
  } catch (const config::InputError& error) {
    return {2, error.what()};
  } catch (const judge::Contradiction& error) {
    return {4, std::string("CONTRADICTION: ") + error.what() + "; one of the two is a bug, please report it"};
  } catch (const std::bad_alloc&) {
    return {2, "not enough memory for this configuration"};
  } catch (const std::system_error& error) {
    if (const auto lost = standard_output_failure(error.code().value())) return *lost;
    return {4, std::string("internal error: ") + error.what() + "; this is a bug, please report it"};
  } catch (const std::exception& error) {
    return {4, std::string("internal error: ") + error.what() + "; this is a bug, please report it"};
  } catch (...) {
    return {4, "internal error; this is a bug, please report it"};
  }
}

int stand_by(cluster::Transport& ranks) {
  catch_interrupts();
  const auto nothing = [](const std::string&) { return std::string(); };
  cluster::serve(ranks, hands(1, nothing, {}));
  return 0;
}

int among_ranks(const std::function<int(cluster::Transport&)>& command) {
  int code = 0;
  std::string line;
  const auto guarded = [&](const std::function<void()>& body) {
    try {
      body();
    } catch (...) {
      const cluster::Failed failed = as_failed(std::current_exception());
      code = failed.code();
      line = failed.what();
    }
  };
  open_standard_streams();
  std::unique_ptr<cluster::Transport> ranks;
  guarded([&] { ranks = cluster::join(); });
  if (ranks && ranks->size() == 1) end_soon_after_signals();
  if (ranks) guarded([&] { code = command(*ranks); });
  const bool first = !ranks || ranks->rank() == 0;
  if (const auto lost = end_standard_output(); lost && (code == 0 || code == 1 || code == 3)) {
    code = lost->code();
    line = lost->what();
  }
  if (first && !line.empty()) say("escapement: {}\n", line);
  if (!ranks) return code;
  std::fflush(nullptr);
  // After a signal the launcher is ending everybody, and some may be gone already: nobody waits for anybody.
  if (first && (ranks->size() == 1 || code != kInterrupted) && cluster::dismiss(*ranks, kFarewellSeconds))
    return code;
  if (first) std::_Exit(code);
  cluster::say_farewell(*ranks, code, line);
  if (signalled()) std::_Exit(0);
  ranks->part();
  return 0;
}

cluster::Hands hands(unsigned slots, std::function<std::string(const std::string&)> compute,
                     std::function<cluster::Pulse()> pulse) {
  cluster::Hands result;
  result.slots = slots;
  result.compute = [compute = std::move(compute)](const std::string& unit) {
    const thread_local numeric::ThreadCaches caches;  // units are computed in threads of their own
    try {
      return compute(unit);
    } catch (...) {
      throw as_failed(std::current_exception());
    }
  };
  result.pulse = std::move(pulse);
  result.interrupted = interrupted;
  result.stop = ask_to_stop;
  if (const char* seconds = std::getenv("ESCAPEMENT_SILENCE_SECONDS");
      seconds != nullptr && std::atof(seconds) > 0)
    result.silence_seconds = std::atof(seconds);
  return result;
}

// Said at once: what is being computed may take longer to stop than the launcher waits.
void stopped_among_ranks(const std::string& directory) {
  say("escapement: stopped; {}\n",
      directory.empty() ? "without --out nothing is kept"
                        : "what was finished is kept in " + directory + ", go on with --resume");
  std::fflush(stderr);
  throw cluster::Failed(kInterrupted, "");
}

}  // namespace escapement::cli
