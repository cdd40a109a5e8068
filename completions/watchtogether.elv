
set edit:completion:arg-completer[watchtogether] = { |@words|
    var index = (count $words)
    set index = (- $index 1)

    put (env _CLAP_IFS="\n" _CLAP_COMPLETE_INDEX=(to-string $index) WATCHTOGETHER_COMPLETE="elvish" watchtogether -- $@words) | to-lines
}

