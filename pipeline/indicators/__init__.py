"""The classification of indicators (指标分类): a key for every indicator's words, and the code of those that are classified."""

from pipeline.indicators.classification import Classification

__all__ = ["Classification"]
