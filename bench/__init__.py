"""Throughput and scaling, printed as ratios within one run; never asserted in a test."""
