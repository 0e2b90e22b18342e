"""Networks drawn in a language of graphs, Mermaid, DOT or TikZ, where every node carries its formula."""
