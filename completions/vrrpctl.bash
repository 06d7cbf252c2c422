#!/bin/bash

__vrrpctl_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__vrrpctl_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__vrrpctl_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__vrrpctl_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_vrrpctl() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __vrrpctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    run|status|servers|watch|events|explain|failover|maintenance|priority|server|reload|stop|check|show-config|doctor|sniff|simulate|digest|real-server|help)
        # Offer subcommand argument completions
        "_vrrpctl_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'run status servers watch events explain failover maintenance priority server reload stop check show-config doctor sniff simulate digest real-server help' -- "${cur}"))
        ;;
    esac
}

_vrrpctl_run() {
    repeating_flags=()
    non_repeating_flags=(-e --all-config --foreground --nopreempt --version -h --help)
    repeating_options=(--address)
    non_repeating_options=(-f --use-file --file -i --config-id --socket --log-format --log-level --instance --interface --vrid --priority --vrrp-version --advert-interval)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-f'|'--use-file'|'--file')
        __vrrpctl_add_completions -f
        return
        ;;
    '-i'|'--config-id')
        return
        ;;
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    '--log-format')
        __vrrpctl_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        __vrrpctl_add_completions -W 'error'$'\n''warning'$'\n''notice'$'\n''info'$'\n''debug'
        return
        ;;
    '--instance')
        return
        ;;
    '--interface')
        return
        ;;
    '--vrid')
        return
        ;;
    '--priority')
        return
        ;;
    '--address')
        return
        ;;
    '--vrrp-version')
        return
        ;;
    '--advert-interval')
        return
        ;;
    esac
}

_vrrpctl_status() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion status -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_servers() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion servers -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_watch() {
    repeating_flags=()
    non_repeating_flags=(--lines --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --interval --count --duration)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    '--interval')
        return
        ;;
    '--count')
        return
        ;;
    '--duration')
        return
        ;;
    esac
}

_vrrpctl_events() {
    repeating_flags=()
    non_repeating_flags=(--follow --json --version -h --help)
    repeating_options=(--kind)
    non_repeating_options=(--socket --since)
    __vrrpctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    '--since')
        return
        ;;
    '--kind')
        __vrrpctl_add_completions -W 'transition'$'\n''priority'$'\n''rejected'$'\n''observation'$'\n''check'$'\n''server'$'\n''service'$'\n''table'$'\n''reload'$'\n''notification'$'\n''steering'$'\n''process'
        return
        ;;
    esac
}

_vrrpctl_explain() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion explain -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_failover() {
    repeating_flags=()
    non_repeating_flags=(--back --force --dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--for --socket)
    __vrrpctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--for')
        return
        ;;
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion failover -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_maintenance() {
    repeating_flags=()
    non_repeating_flags=(--strict --force --dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--for --socket)
    __vrrpctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--for')
        return
        ;;
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W 'on'$'\n''off'
        return
        ;;
    esac
}

_vrrpctl_priority() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion priority -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_server() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vrrpctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    drain|disable|enable)
        # Offer subcommand argument completions
        "_vrrpctl_server_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'drain disable enable' -- "${cur}"))
        ;;
    esac
}

_vrrpctl_server_drain() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --wait --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket --timeout)
    __vrrpctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion server drain -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion server drain -- positional@1 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_server_disable() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion server disable -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion server disable -- positional@1 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_server_enable() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion server enable -- positional@0 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __vrrpctl_add_completions -W "$(__vrrpctl_custom_complete ---completion server enable -- positional@1 "${COMP_CWORD}" "$(__vrrpctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_vrrpctl_reload() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac
}

_vrrpctl_stop() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--socket)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    esac
}

_vrrpctl_check() {
    repeating_flags=()
    non_repeating_flags=(-e --all-config --strict --json --any-host --version -h --help)
    repeating_options=()
    non_repeating_options=(-f --use-file --file -i --config-id)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-f'|'--use-file'|'--file')
        __vrrpctl_add_completions -f
        return
        ;;
    '-i'|'--config-id')
        return
        ;;
    esac
}

_vrrpctl_show-config() {
    repeating_flags=()
    non_repeating_flags=(-e --all-config --json --secrets --any-host --version -h --help)
    repeating_options=()
    non_repeating_options=(-f --use-file --file -i --config-id)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-f'|'--use-file'|'--file')
        __vrrpctl_add_completions -f
        return
        ;;
    '-i'|'--config-id')
        return
        ;;
    esac
}

_vrrpctl_doctor() {
    repeating_flags=()
    non_repeating_flags=(--no-wire --json --fix --yes --dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(-f --use-file --file -i --config-id --socket --listen)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-f'|'--use-file'|'--file')
        __vrrpctl_add_completions -f
        return
        ;;
    '-i'|'--config-id')
        return
        ;;
    '--socket')
        __vrrpctl_add_completions -f
        return
        ;;
    '--listen')
        return
        ;;
    esac
}

_vrrpctl_sniff() {
    repeating_flags=()
    non_repeating_flags=(--packets --summary --json --no-promiscuous --version -h --help)
    repeating_options=(-i --interface)
    non_repeating_options=(--read --config --policy --write --write-limit --duration --count)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-i'|'--interface')
        return
        ;;
    '--read')
        __vrrpctl_add_completions -f
        return
        ;;
    '--config')
        __vrrpctl_add_completions -f
        return
        ;;
    '--policy')
        __vrrpctl_add_completions -W 'keepalived'$'\n''strict'
        return
        ;;
    '--write')
        __vrrpctl_add_completions -f
        return
        ;;
    '--write-limit')
        return
        ;;
    '--duration')
        return
        ;;
    '--count')
        return
        ;;
    esac
}

_vrrpctl_simulate() {
    repeating_flags=()
    non_repeating_flags=(-e --all-config --json --version -h --help)
    repeating_options=(--peers --peer-config-id --fail)
    non_repeating_options=(-f --use-file --file -i --config-id --duration --seed)
    __vrrpctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-f'|'--use-file'|'--file')
        __vrrpctl_add_completions -f
        return
        ;;
    '-i'|'--config-id')
        return
        ;;
    '--peers')
        __vrrpctl_add_completions -f
        return
        ;;
    '--peer-config-id')
        return
        ;;
    '--fail')
        return
        ;;
    '--duration')
        return
        ;;
    '--seed')
        return
        ;;
    esac
}

_vrrpctl_digest() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--server --virtual-host --sni --protocol --timeout)
    __vrrpctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--server')
        return
        ;;
    '--virtual-host')
        return
        ;;
    '--sni')
        return
        ;;
    '--protocol')
        return
        ;;
    '--timeout')
        return
        ;;
    esac
}

_vrrpctl_real-server() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vrrpctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    up|down|status)
        # Offer subcommand argument completions
        "_vrrpctl_real-server_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'up down status' -- "${cur}"))
        ;;
    esac
}

_vrrpctl_real-server_up() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--method)
    __vrrpctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--method')
        __vrrpctl_add_completions -W 'dr'$'\n''tun'
        return
        ;;
    esac
}

_vrrpctl_real-server_down() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vrrpctl_offer_flags_options -1
}

_vrrpctl_real-server_status() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--method)
    __vrrpctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--method')
        __vrrpctl_add_completions -W 'dr'$'\n''tun'
        return
        ;;
    esac
}

_vrrpctl_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __vrrpctl_offer_flags_options -1
}

complete -o filenames -F _vrrpctl vrrpctl
