# bash completion for selfnorm(1); asks the program itself, so that it never falls behind.

# The names in a section of `selfnorm list`; $program is the caller's.
_selfnorm_list()
{
    "$program" list "$1" 2>/dev/null | awk '/^  [a-z]/ { print $1 }'
}

_selfnorm()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]}
    local command=${COMP_WORDS[1]} words='' paths='' before=''
    [ "$COMP_CWORD" -gt 1 ] || command=
    if [ "$cur" = = ]; then # --option=VALUE is three words to bash
        cur=
    elif [ "$prev" = = ]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $prev in
    --format)
        words='text json'
        [ "$command" != gain ] || words="$words csv $(_selfnorm_list snippets)"
        ;;
    --design) words=$(_selfnorm_list designs) ;;
    --law) words=$(_selfnorm_list laws) ;;
    --gain | -g) words='second_moment variance' ;;
    --plots) words=$(_selfnorm_list gain-plots) ;;
    --table | --vectors) paths=$(compgen -f -- "$cur") ;;
    --map) words=$(_selfnorm_list maps) ;;
    --pictures)
        words='png svg pdf terminal none'
        case $cur in
        *,*)
            before=${cur%,*},
            cur=${cur##*,}
            words=${words% none}
            ;;
        esac
        ;;
    --output | -o) paths=$(compgen -d -- "$cur") ;;
    --check | --certificate) paths=$(compgen -f -- "$cur") ;;
    --mean | --variance | --omega | --tau | --dropout | --digits) ;; # numbers
    --boxes | --save | --seconds | --seed | --threads | --ulp) ;;
    --expression | -e | --param | -p | --kinks | --correlation | --bias-variance | --depth) ;;
    --residual | --reset | --target-mean | --target-variance | --zeta | --alpha-dropout) ;;
    --resolution | --tau-max | --bias-max) ;;
    *)
        case $command,$cur in
        ,*) words="$(_selfnorm_list commands) help --help --version" ;;
        help,*) words=$(_selfnorm_list commands) ;;
        *,-*) words=$("$program" "$command" --help 2>/dev/null |
            sed -n 's/^  ....\(--[a-z-]*\).*/\1/p') ;;
        gain,*) words=$(_selfnorm_list activations) ;;
        check-vectors,*) paths=$(compgen -d -- "$cur"; compgen -f -X '!*.csv' -- "$cur") ;;
        list,*) words="$("$program" list 2>/dev/null | sed -n 's/^\([a-z-]*\):$/\1/p') schema" ;;
        map,* | simulate,* | verify,*)
            [ "$command" != verify ] || words=$(_selfnorm_list claims)
            paths=$(compgen -d -- "$cur"; compgen -f -X '!*.json' -- "$cur")
            ;;
        esac
        ;;
    esac
    [ -z "$paths" ] || compopt -o filenames 2>/dev/null # a slash after a folder, quotes where needed
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$words" -- "$cur"
        [ -z "$paths" ] || printf '%s\n' "$paths")
}
complete -F _selfnorm selfnorm
