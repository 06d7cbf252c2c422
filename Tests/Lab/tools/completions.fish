# Reads command lines; for each, writes the words that fish offers for its last one, on one line.
# The first argument is the folder of the completion file, from which fish loads it by itself.
set fish_complete_path $argv[1]

while read -l line
    set -l words (complete -C $line | string split -f 1 \t | string replace -r '^--\S*=|.*,' '')
    printf '%s\n' "$words"
end
