"""The pages of interviews, one module for each noun."""

from portal.interviews.routes import interviews, panel, parts, plan, questions, rounds, scorecard
from portal.interviews.routes.blueprint import bp

__all__ = ["bp", "interviews", "panel", "parts", "plan", "questions", "rounds", "scorecard"]
