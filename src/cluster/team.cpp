#include "escapement/cluster/team.h"

#include <algorithm>
#include <thread>

#include "escapement/cluster/failed.h"
#include "escapement/cluster/parcel.h"

namespace escapement::cluster {

using Clock = std::chrono::steady_clock;

namespace {

constexpr double kPulseSeconds = 0.25;
constexpr double kNap = 0.002,
                 kAloneNap = 0.25;  // between looks at the transport; alone there is nothing to look at

double seconds_between(Clock::time_point a, Clock::time_point b) {
  return std::chrono::duration<double>(b - a).count();
}

[[noreturn]] void fail_as(const Message& message) {
  const std::vector<std::string> parts = unpack(message.text);
  throw Failed(std::stoi(parts.at(0)), parts.at(1) + " (rank " + std::to_string(message.from) + ")");
}

Pulse pulse_of(const Hands& hands) { return hands.pulse ? hands.pulse() : Pulse(); }

// On the bench a unit has its position in front.
std::function<std::string(const std::string&)> without_position(
    std::function<std::string(const std::string&)> compute) {
  return [compute = std::move(compute)](const std::string& unit) { return compute(unpack(unit).at(1)); };
}

// What becomes of a unit that threw on a rank that serves.
std::string failure_text(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Failed& e) {
    return pack({std::to_string(e.code()), e.what()});
  } catch (const std::exception& e) {
    return pack({"4", std::string("internal error: ") + e.what()});
  } catch (...) {
    return pack({"4", "internal error"});
  }
}

}  // namespace

void serve(Transport& transport, const Hands& hands) {
  Bench bench(hands.slots, without_position(hands.compute));
  transport.send(0, Kind::hello, std::to_string(bench.slots()));
  auto told = Clock::now();
  while (true) {
    while (const auto message = transport.receive()) {
      if (message->kind == Kind::unit) bench.begin(message->text);
      if (message->kind != Kind::end) continue;
      if (bench.busy() > 0 && hands.stop) hands.stop();
      return;
    }
    const bool stopping = hands.interrupted && hands.interrupted();
    for (Done& done : bench.take(kNap)) {
      if (!done.failure)
        transport.send(0, Kind::result, pack({done.unit, done.result}));
      else if (!stopping)
        transport.send(0, Kind::failure, failure_text(done.failure));
    }
    if (stopping && bench.busy() == 0) return;
    if (seconds_between(told, Clock::now()) < kPulseSeconds) continue;
    told = Clock::now();
    const Pulse pulse = pulse_of(hands);
    transport.send(0, Kind::pulse, pack({std::to_string(pulse.work), pulse.note}));
  }
}

Leader::Leader(Transport& transport, Hands hands, std::function<void(const std::vector<Pulse>&)> watch)
    : transport_(transport),
      hands_(std::move(hands)),
      watch_(std::move(watch)),
      ranks_(static_cast<std::size_t>(transport.size())),
      pulses_(ranks_.size()),
      looked_(Clock::now()),
      bench_(hands_.slots, without_position(hands_.compute)) {
  ranks_[0].slots = bench_.slots();
}

// The rank with the fewest units for each of its slots first, so that few units are spread.
void Leader::hand_out(std::vector<std::string>& waiting) {
  while (!waiting.empty()) {
    std::size_t best = 0;
    for (std::size_t r = 1; r < ranks_.size(); ++r)
      if (ranks_[r].busy < ranks_[r].slots &&
          (ranks_[best].busy >= ranks_[best].slots ||
           ranks_[r].busy * ranks_[best].slots < ranks_[best].busy * ranks_[r].slots))
        best = r;
    if (ranks_[best].busy >= ranks_[best].slots) return;
    ++ranks_[best].busy;
    if (best == 0)
      bench_.begin(std::move(waiting.back()));
    else
      transport_.send(static_cast<int>(best), Kind::unit, waiting.back());
    waiting.pop_back();
  }
}

bool Leader::listen(const std::function<void(const std::string&, std::string)>& accept) {
  bool heard = false;
  while (auto message = transport_.receive()) {
    heard = true;
    Rank& rank = ranks_[static_cast<std::size_t>(message->from)];
    rank.silent_seconds = 0;
    switch (message->kind) {
      case Kind::hello: rank.slots = static_cast<unsigned>(std::stoul(message->text)); break;
      case Kind::result: {
        --rank.busy;
        std::vector<std::string> parts = unpack(message->text);
        accept(parts.at(0), std::move(parts.at(1)));
        break;
      }
      case Kind::pulse: {
        const std::vector<std::string> parts = unpack(message->text);
        pulses_[static_cast<std::size_t>(message->from)] = {std::stoull(parts.at(0)), parts.at(1)};
        break;
      }
      case Kind::farewell: {
        if (const std::string code = unpack(message->text).at(0); code != "0" && code != "130")
          fail_as(*message);
        left_ = true;
        break;
      }
      case Kind::failure: fail_as(*message);
      case Kind::unit:
      case Kind::end: break;
    }
  }
  return heard;
}

bool Leader::take_own(double seconds, const std::function<void(const std::string&, std::string)>& accept) {
  const std::vector<Done> taken = bench_.take(seconds);
  for (const Done& done : taken) {
    --ranks_[0].busy;
    if (!done.failure)
      accept(done.unit, done.result);
    else if (!stopping())
      std::rethrow_exception(done.failure);
  }
  return !taken.empty();
}

// Pulses to whoever watches, and who has not given one for long. A pause of all (a suspended job) is nobody's silence.
void Leader::look_around(double pause) {
  pulses_[0] = pulse_of(hands_);
  if (watch_) watch_(pulses_);
  for (std::size_t r = 1; r < ranks_.size(); ++r) {
    ranks_[r].silent_seconds += std::min(pause, 4 * kPulseSeconds);
    if (ranks_[r].silent_seconds > hands_.silence_seconds)
      throw Failed(130, "rank " + std::to_string(r) + " was not heard from for " +
                            std::to_string(static_cast<long>(hands_.silence_seconds)) +
                            " s and is taken for lost; what was finished is kept, go on with --resume");
  }
}

bool Leader::each(const std::vector<std::string>& units,
                  const std::function<void(std::size_t, std::string)>& accept) {
  std::vector<std::string> waiting;  // last first
  for (std::size_t i = units.size(); i-- > 0;) waiting.push_back(pack({std::to_string(i), units[i]}));
  std::size_t open = units.size();
  const auto accepted = [&](const std::string& unit, std::string result) {
    --open;
    accept(std::stoul(unpack(unit).at(0)), std::move(result));
  };
  const bool alone = ranks_.size() == 1;
  while (open > 0) {
    if (stopping()) {
      if (!alone) return false;
      waiting.clear();
      if (bench_.busy() == 0) return false;
    }
    hand_out(waiting);
    listen(accepted);
    take_own(alone ? kAloneNap : kNap, accepted);
    const double pause = seconds_between(looked_, Clock::now());
    if (pause < kPulseSeconds) continue;
    looked_ = Clock::now();
    look_around(pause);
  }
  return true;
}

bool dismiss(Transport& transport, double seconds) {
  for (int r = 1; r < transport.size(); ++r) transport.send(r, Kind::end, "");
  const auto begin = Clock::now();
  for (int open = transport.size() - 1; open > 0;) {
    if (const auto message = transport.receive()) {
      if (message->kind == Kind::farewell) --open;
      continue;
    }
    if (seconds_between(begin, Clock::now()) > seconds) return false;
    std::this_thread::sleep_for(std::chrono::duration<double>(kNap));
  }
  transport.part();
  return true;
}

void say_farewell(Transport& transport, int code, const std::string& line) {
  transport.send(0, Kind::farewell, pack({std::to_string(code), line}));
}

}  // namespace escapement::cluster
