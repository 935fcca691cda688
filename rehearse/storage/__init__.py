"""Where questions and attempts are kept. The only room that speaks SQL."""
