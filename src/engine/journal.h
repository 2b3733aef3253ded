// The journal's lines: one record, snapshot point or path point each, as exact text.
#pragma once

#include <string>

#include "escapement/observe/trajectory.h"

namespace escapement::engine {

std::string journal_line(const observe::Record& record);
std::string journal_line(char kind, const observe::NeuronPoint& point);  // 's'napshot or 'p'ath
// Appends what the line holds; false where it is no line of a journal with `columns` columns.
bool read_journal_line(const std::string& line, std::size_t columns, observe::Trajectory& trajectory);

}  // namespace escapement::engine
