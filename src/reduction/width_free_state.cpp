#include "escapement/reduction/width_free_state.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <sstream>

#include "escapement/numeric/check.h"
#include "escapement/numeric/mutant.h"
#include "escapement/numeric/text.h"
#include "escapement/reduction/factor_kernels.h"
#include "escapement/reduction/start_factor.h"

namespace escapement::reduction {

using model::RightStep;
using model::SampleBlock;
using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::Vector;

template <class T>
WidthFreeState<T>::WidthFreeState(std::shared_ptr<const model::Start<T>> start, bool track_neurons)
    : start_(std::move(start)), factor_(start_factor(*start_)), theta_(start_->d()) {
  if (track_neurons) product_ = Rows<T>::identity(d());
  transposed_times_second(factor_, theta_);
}

namespace {

template <class T>
Rows<T> transposed(const Rows<T>& z) {  // square
  Rows<T> result(z.rows(), z.d());
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j < z.rows(); ++j) result.set(i, j, z.get(j, i));
  return result;
}

}  // namespace

template <class T>
void WidthFreeState<T>::do_apply(const RightStep<T>& step) {
  right_multiply(factor_, step, factor_scratch_);
  if (product_ && mutated(Mutant::product_from_left)) product_ = transposed(*product_);
  if (product_) right_multiply(*product_, step, product_scratch_);
  if (product_ && mutated(Mutant::product_from_left)) product_ = transposed(*product_);
  transposed_times_second(factor_, theta_);
  ahead_.count = 0;
  forget_representations();
}

template <class T>
void WidthFreeState<T>::forget_representations() {
  fixed_factor_.reset();
  fixed_product_.reset();
  word_factor_.reset();
  word_product_.reset();
}

namespace {

// Column k of a look-ahead over `rows` rows.
double* column(Vector<double>& columns, std::size_t rows, std::size_t k) {
  return columns.data() + k * numeric::padded(rows);
}

void multiply_into(const Rows<double>& z, const Vector<double>& input, Vector<double>& columns,
                   std::size_t k) {
  Vector<double> product(z.rows());
  first_layer_times(z, input, product);
  std::copy_n(product.data(), numeric::padded(z.rows()), column(columns, z.rows(), k));
}

}  // namespace

template <class T>
void WidthFreeState<T>::prepare(const SampleBlock<T>&) {}
template <class T>
void WidthFreeState<T>::keep_ahead(const SampleBlock<T>&, std::size_t) {}

// The products before the block's first step: kept from the block before if that one knew these inputs, or made anew.
template <>
void WidthFreeState<double>::prepare(const SampleBlock<double>& block) {
  const std::size_t count = products_before(block.first), known = std::min(count, block.x.size());
  bool kept = ahead_.count >= known && ahead_.step == block.first;
  for (std::size_t k = 0; kept && k < known; ++k) kept = numeric::identical(ahead_.inputs[k], *block.x[k]);
  if (kept && !mutated(Mutant::products_made_anew)) return;
  ahead_.factor = Vector<double>(kMaxProducts * numeric::padded(factor_.rows()));
  ahead_.product = Vector<double>(product_ ? kMaxProducts * numeric::padded(product_->rows()) : 0);
  for (std::size_t k = 0; k < known; ++k) {
    multiply_into(factor_, *block.x[k], ahead_.factor, k);
    if (product_) multiply_into(*product_, *block.x[k], ahead_.product, k);
  }
}

template <>
void WidthFreeState<double>::keep_ahead(const SampleBlock<double>& block, std::size_t taken) {
  ahead_.step = block.first + taken;
  ahead_.count = std::min(products_before(ahead_.step), block.x.size() - taken);
  ahead_.inputs.resize(ahead_.count, Vector<double>(d()));
  for (std::size_t k = 0; k < ahead_.count; ++k)
    std::copy_n(block.x[taken + k]->data(), numeric::padded(d()), ahead_.inputs[k].data());
  // What the kernel left beyond them means nothing: the same state is the same text.
  const auto clear = [&](Vector<double>& columns, std::size_t rows) {
    const std::size_t used = ahead_.count * numeric::padded(rows);
    std::fill(columns.data() + used, columns.data() + kMaxProducts * numeric::padded(rows), 0.0);
  };
  clear(ahead_.factor, factor_.rows());
  if (product_) clear(ahead_.product, product_->rows());
}

template <>
std::size_t WidthFreeState<double>::do_apply_samples(SampleBlock<double>& block, const double& step_size) {
  static const FactorKernel kernel = factor_kernel(numeric::active_isa());
  if (block.steps == 0) return 0;
  prepare(block);
  inputs_.resize(block.steps + kMaxProducts);
  indices_.resize(block.steps + kMaxProducts);
  const std::size_t known = std::min(block.x.size(), inputs_.size());
  for (std::size_t k = 0; k < known; ++k) inputs_[k] = block.x[k]->data();
  std::fill(inputs_.begin() + static_cast<std::ptrdiff_t>(known), inputs_.end(), inputs_[known - 1]);
  if (block.overlaps != nullptr) {
    std::copy_n(block.index.begin(), known, indices_.begin());
    std::fill(indices_.begin() + static_cast<std::ptrdiff_t>(known), indices_.end(), indices_[known - 1]);
  }
  const auto view = [](Rows<double>& z, Vector<double>& products, Vector<double>& scratch) {
    if (scratch.size() == 0) scratch = Vector<double>(kFactorScratch * z.stride());
    return FactorView{z.data(), products.data(), scratch.data(), z.stride() / numeric::kLanes};
  };
  FactorSteps steps{};
  steps.factor = view(factor_, ahead_.factor, ahead_.factor_scratch);
  if (product_) steps.passenger = view(*product_, ahead_.product, ahead_.product_scratch);
  steps.first = block.first;
  steps.x = inputs_.data();
  steps.index = indices_.data();
  steps.overlaps = block.overlaps;
  std::vector<double> none;
  if (mutated(Mutant::overlaps_missing) && block.overlaps != nullptr) {
    none.resize(block.n * block.n);
    steps.overlaps = none.data();
  }
  steps.n = block.n;
  steps.y = block.y.data();
  steps.noise = block.noise.data();
  steps.c = block.c.data();
  steps.steps = block.steps;
  steps.d = d();
  steps.x_blocks = numeric::padded(d()) / numeric::kLanes;
  steps.step_size = step_size;
  steps.limit = kResidualLimit;
  const std::size_t taken = kernel(steps);
  if (taken == block.steps)
    keep_ahead(block, taken);
  else
    ahead_.count = 0;  // the run ends here
  transposed_times_second(factor_, theta_);
  return taken;
}

template <class T>
numeric::LayerRange WidthFreeState<T>::layer_range() const {
  if (product_ && numeric::layer_range(*product_) == numeric::LayerRange::outside)
    return numeric::LayerRange::outside;
  return numeric::layer_range(factor_);
}

template <class T>
void WidthFreeState<T>::neurons(std::uint64_t first, Rows<T>& out) const {
  ESCAPEMENT_CHECK(product_.has_value());
  Rows<T> z0(out.rows(), d());
  start_->rows(first, z0);
  lift(z0, *product_, out);
}

template <class T>
void WidthFreeState<T>::save(std::ostream& out) const {
  write_rows(out, factor_);
  if (product_) write_rows(out, *product_);
  // Between steps: 0 as in the rows, 1 in fixed point, W words of doubles.
  out << (word_factor_ ? word_factor_->words : fixed_factor_ ? 1 : 0) << '\n';
  if (fixed_factor_) fixed_factor_->save(out);
  if (fixed_product_) fixed_product_->save(out);
  if (word_factor_) reduction::save(out, *word_factor_);
  if (word_product_) reduction::save(out, *word_product_);
  out << ahead_.count << ' ' << ahead_.step << '\n';
  if (ahead_.count == 0) return;
  for (const Vector<T>& input : ahead_.inputs) write_vector(out, input);
  write_vector(out, ahead_.factor);
  write_vector(out, ahead_.product);
}

template <class T>
bool WidthFreeState<T>::load_representation(std::istream& in) {
  forget_representations();
  std::string line;
  if (!std::getline(in, line)) return false;
  if (line == "0") return true;
  if constexpr (std::is_same_v<T, numeric::Mp>) {
    if (line == "1") {
      if (!FixedRows::can_hold(factor_) || (product_ && !FixedRows::can_hold(*product_))) return false;
      fixed_factor_.emplace(factor_);
      if (product_) fixed_product_.emplace(*product_);
      return fixed_factor_->load(in) && (!product_ || fixed_product_->load(in));
    }
    if (line != "2" && line != "4") return false;
    const std::size_t words = line == "2" ? 2 : 4;
    word_factor_ = WordRows{words, factor_.rows(), d(), {}};
    if (product_) word_product_ = WordRows{words, product_->rows(), d(), {}};
    return reduction::load(in, *word_factor_) && (!product_ || reduction::load(in, *word_product_));
  }
  return false;
}

template <class T>
bool WidthFreeState<T>::load(std::istream& in) {
  std::string line;
  if (!read_rows(in, factor_) || (product_ && !read_rows(in, *product_)) || !load_representation(in))
    return false;
  if (!std::getline(in, line)) return false;
  transposed_times_second(factor_, theta_);
  ahead_ = LookAhead();
  std::istringstream numbers(line);
  if (!(numbers >> ahead_.count >> ahead_.step) || ahead_.count > kMaxProducts) return false;
  if (ahead_.count == 0) return true;
  ahead_.inputs.assign(ahead_.count, Vector<T>(d()));
  ahead_.factor = Vector<T>(kMaxProducts * numeric::padded(factor_.rows()));
  ahead_.product = Vector<T>(product_ ? kMaxProducts * numeric::padded(d() + 1) : 0);
  for (Vector<T>& input : ahead_.inputs)
    if (!read_vector(in, input)) return false;
  if (!read_vector(in, ahead_.factor) || !read_vector(in, ahead_.product)) return false;
  if (mutated(Mutant::products_not_read)) ahead_.count = 0;
  return true;
}

#define ESCAPEMENT_INSTANTIATE(T) template class WidthFreeState<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::reduction
