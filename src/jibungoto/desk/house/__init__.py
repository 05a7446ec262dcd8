"""What a person can do with a home: begin, enter, examine."""
