-- What follows the rev ARGV[1], whose tip is ARGV[2].
return lacking(ARGV[1], ARGV[2])
