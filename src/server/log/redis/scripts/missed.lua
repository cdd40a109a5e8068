-- What follows the rev ARGV[1], whose tip is ARGV[2], in the room that was made at the time ARGV[3].
return lacking(ARGV[1], ARGV[2], ARGV[3])
