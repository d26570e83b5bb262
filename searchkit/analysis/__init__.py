"""Which terms does this text become, and where did each stand in the original?"""

from searchkit.analysis.analyzer import ArabicAnalyzer
from searchkit.analysis.evidence import ANALYZER, LEVELS, Evidence, evidence, level_field
from searchkit.analysis.token import Token, tokenize

__all__ = ["ANALYZER", "LEVELS", "ArabicAnalyzer", "Evidence", "Token", "evidence", "level_field", "tokenize"]
