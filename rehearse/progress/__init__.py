"""One attempt against the person's earlier ones: comparison and verdict. Pure values in, values out."""
