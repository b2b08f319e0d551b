"""What differs between a quotation and its passage: words changed, left out, put in, and what that loses."""
