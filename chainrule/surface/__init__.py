"""The Python surface: networks, their derivatives and runs, as `import chainrule as cr` gives them. Results are immutable."""
