"""Texts that the tests share: our articles, and one that is hard to count in."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "examples" / "articles").glob("*.txt"))

# An emoji of two code points, a combining acute, a family of four joined by zero-width joiners, a
# letter outside the basic plane: each counts differently in bytes, code points and UTF-16 units.
HARD = """ date 2026-03-14 61
🗞️ Cafe\u0301 “Zoë” Reopens 👨‍👩‍👧‍👦 After Storm

“The cafe\u0301 will open in May,” Mayor Ann Lee said on Monday. 𝒜 🛠️ line: 5 % of 3 € is “little
"""
