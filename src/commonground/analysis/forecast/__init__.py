"""When a share will be reached: growth curves with weak priors, combined by how well they did before, with intervals."""
