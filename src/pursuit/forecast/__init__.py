"""What the firm should believe: who wins, who pays, who comes back, what will still arrive; and futures drawn from it."""
