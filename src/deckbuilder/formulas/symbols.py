r"""The commands of TeX that print can set, each with its character: the subset of docs/formulas.md.

Anki's MathJax shows every one of them alike. What is not here is a problem, never a guess.
"""

from __future__ import annotations


def _table(rows: str) -> dict[str, str]:
    """Return the characters by their commands: `alpha α  beta β` -> {`\\alpha`: `α`, …}."""
    words = rows.split()
    return {f"\\{name}": sign for name, sign in zip(words[::2], words[1::2], strict=True)}


GREEK = _table("""
    alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ  vartheta ϑ
    iota ι  kappa κ  lambda λ  mu μ  nu ν  xi ξ  pi π  varpi ϖ  rho ρ  varrho ϱ  sigma σ
    varsigma ς  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ  omega ω
""")
CAPITALS = _table("""
    Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω
""")
SIGNS = _table(r"""
    infty ∞  partial ∂  nabla ∇  hbar ℏ  ell ℓ  emptyset ∅  varnothing ∅  Re ℜ  Im ℑ  aleph ℵ
    angle ∠  triangle △  degree °  prime ′  forall ∀  exists ∃  neg ¬
    top ⊤  bot ⊥  % %  # #  & &  _ _  $ $
""")
DOTS = _table("ldots …  dots …  cdots ⋯")
VERTICAL = _table("vdots ⋮  ddots ⋱")  # of matrices
BINARY = _table("""
    pm ±  mp ∓  times ×  div ÷  cdot ⋅  ast ∗  circ ∘  bullet ∙  oplus ⊕  ominus ⊖  otimes ⊗
    cup ∪  cap ∩  setminus ⧵  land ∧  wedge ∧  lor ∨  vee ∨
""")
RELATIONS = _table("""
    le ≤  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠  ll ≪  gg ≫  approx ≈  equiv ≡  sim ∼  simeq ≃  cong ≅
    propto ∝  in ∈  notin ∉  ni ∋  subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  perp ⊥  parallel ∥
    mid ∣  models ⊨  vdash ⊢
    to →  rightarrow →  gets ←  leftarrow ←  leftrightarrow ↔  mapsto ↦
    Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  uparrow ↑  downarrow ↓  rightleftharpoons ⇌
    longrightarrow ⟶  longleftarrow ⟵  longleftrightarrow ⟷
    Longrightarrow ⟹  implies ⟹  Longleftrightarrow ⟺  iff ⟺
""")
LARGE = _table("""
    sum ∑  prod ∏  int ∫  iint ∬  iiint ∭  oint ∮  bigcup ⋃  bigcap ⋂
""")
OPENING = _table(r"{ {  lbrace {  langle ⟨  lfloor ⌊  lceil ⌈")
CLOSING = _table(r"} }  rbrace }  rangle ⟩  rfloor ⌋  rceil ⌉")
FENCES = {**OPENING, **CLOSING, r"\vert": "|", r"\|": "‖", r"\Vert": "‖"}
FUNCTIONS = _table("""
    sin sin  cos cos  tan tan  cot cot  sec sec  csc csc  arcsin arcsin  arccos arccos
    arctan arctan  sinh sinh  cosh cosh  tanh tanh  coth coth  exp exp  log log  ln ln  lg lg
    lim lim  max max  min min  sup sup  inf inf  det det  dim dim  ker ker  deg deg  gcd gcd
    arg arg
""")
ACCENTS = _table("hat ˆ  tilde \u02dc  bar ¯  vec →  dot ˙  ddot ¨")
WIDE = _table("overline ―  underline ―  overrightarrow →  widehat \u0302  widetilde \u0303")
# command -> how MathML calls the letters it asks for
FONTS = {
    r"\mathrm": "normal",
    r"\mathbf": "bold normal",
    r"\mathit": "italic",
    r"\mathbb": "double",
    r"\mathcal": "script",
}
TEXTS = {r"\text": "normal", r"\textbf": "bold normal", r"\textit": "italic"}
FRACTIONS = (r"\frac", r"\dfrac", r"\binom")
# in parts of the size
SPACES = {
    r"\,": 3 / 18, r"\:": 4 / 18, r"\;": 5 / 18, r"\!": -3 / 18,
    "\\ ": 1 / 4, r"\quad": 1.0, r"\qquad": 2.0,
}  # fmt: skip
STRUCTURES = (r"\sqrt", r"\left", r"\right", r"\begin", r"\end", r"\\", r"\ce")
# environment -> what stands around its rows
MATRICES = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"),
    "cases": ("{", ""),
}  # fmt: skip

SYMBOLS = {
    **GREEK, **CAPITALS, **SIGNS, **DOTS, **VERTICAL, **BINARY, **RELATIONS, **LARGE, **FENCES,
}  # fmt: skip
COMMANDS = frozenset((
    *SYMBOLS, *FUNCTIONS, *ACCENTS, *WIDE, *FONTS, *TEXTS, *FRACTIONS, *SPACES, *STRUCTURES,
))  # fmt: skip
# those that braces follow, with some of TeX that print does not set
WITH_BRACES = frozenset((
    *ACCENTS, *WIDE, *FONTS, *TEXTS, *FRACTIONS, r"\sqrt", r"\begin", r"\ce", r"\tfrac", r"\mbox",
    r"\operatorname", r"\boldsymbol", r"\mathsf", r"\mathfrak", r"\overset", r"\underset", r"\pu",
))  # fmt: skip
# what may be typed as it is; letters and digits besides
TYPED_ORDINARY = "/|!?.∞∂∇°…"
TYPED_BINARY = {"-": "−", "*": "∗", "·": "⋅", **{c: c for c in "+−±×÷⋅"}}
TYPED_RELATIONS = "=<>:≤≥≠≈→←⇒⇔∈"
