# bash completion for selfnorm(1); asks the program itself, so that it never falls behind.
_selfnorm()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]}
    local words
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="$("$program" list commands 2>/dev/null | awk '/^  [a-z]/ { print $1 }') --help --version"
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
        return
    fi
    local command=${COMP_WORDS[1]}
    case $prev in
    --format) words='text json' ;;
    --map) words=$("$program" list maps 2>/dev/null | awk '/^  [a-z]/ { print $1 }') ;;
    --pictures) words='png svg pdf terminal none' ;;
    --output)
        mapfile -t COMPREPLY < <(compgen -d -- "$cur")
        return
        ;;
    *)
        case $cur in
        -*) words=$("$program" "$command" --help 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u) ;;
        *)
            case $command in
            list) words=$("$program" list 2>/dev/null | sed -n 's/^\([a-z]*\):$/\1/p') ;;
            verify)
                words=$("$program" list claims 2>/dev/null | awk '/^  [a-z]/ { print $1 }')
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur"; compgen -d -S / -- "$cur"
                    compgen -f -X '!*.json' -- "$cur")
                return
                ;;
            map | simulate)
                mapfile -t COMPREPLY < <(compgen -d -S / -- "$cur"; compgen -f -X '!*.json' -- "$cur")
                return
                ;;
            esac
            ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -o filenames -F _selfnorm selfnorm
