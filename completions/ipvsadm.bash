# shellcheck shell=bash
# Completion of ipvsadm, ipvsadm-save and ipvsadm-restore for bash. It needs no other functions.
#
# Words are read from COMP_LINE and not from COMP_WORDS, which bash cuts at colons; the functions below
# share the local variables of _ipvsadm:
#   command    long name of the command on the line, such as add-service
#   given      the options on the line, by long name
#   awaited    the option whose value is being typed
#   current    the word being typed
#   candidates what it could become
# shellcheck disable=SC2154

# The options that a command takes, by long name.
_ipvsadm_options() {
    local service='tcp-service udp-service sctp-service fwmark-service ipv6'
    local scheduling='scheduler sched-flags persistent netmask pe ops'
    local forwarding='gatewaying ipip masquerading weight u-threshold l-threshold'
    local tunnel='tun-type tun-port tun-nocsum tun-csum tun-remcsum'
    case $1 in
        add-service) echo "$service $scheduling" ;;
        edit-service) echo "$service $scheduling patch" ;;
        delete-service | zero) echo "$service" ;;
        add-server) echo "$service real-server $forwarding $tunnel" ;;
        edit-server) echo "$service real-server $forwarding $tunnel patch wait" ;;
        delete-server) echo "$service real-server wait" ;;
        list)
            echo "$service real-server numeric connection timeout daemon stats rate thresholds" \
                "persistent-conn tun-info exact nosort json watch"
            ;;
        start-daemon)
            echo 'mcast-interface syncid sync-maxlen mcast-group mcast-port mcast-ttl'
            ;;
        stop-daemon) echo 'syncid' ;;
        save) echo 'numeric json' ;;
        restore) echo 'replace dry-run check' ;;
    esac
}

_ipvsadm_commands='add-service edit-service delete-service clear add-server edit-server delete-server
    list zero set start-daemon stop-daemon save restore help version'

# Long name and letter of everything that has both.
_ipvsadm_letters=' add-service=A edit-service=E delete-service=D clear=C add-server=a edit-server=e
    delete-server=d list=L list=l zero=Z save=S restore=R help=h version=v tcp-service=t udp-service=u
    fwmark-service=f ipv6=6 scheduler=s sched-flags=b persistent=p netmask=M ops=o real-server=r
    gatewaying=g ipip=i masquerading=m weight=w u-threshold=x l-threshold=y numeric=n connection=c
    exact=X'

# Leaves in `option` what the letter stands for.
_ipvsadm_name_letter() {
    option=unknown
    if [[ $_ipvsadm_letters == *"=$1"* ]]; then
        option=${_ipvsadm_letters%%"=$1"*}
        option=${option##*[[:space:]]}
    fi
}

_ipvsadm_takes_value() {
    case $1 in
        tcp-service | udp-service | sctp-service | fwmark-service | scheduler | sched-flags | netmask | pe) ;;
        real-server | weight | u-threshold | l-threshold | tun-type | tun-port) ;;
        start-daemon | stop-daemon | mcast-interface | syncid | sync-maxlen) ;;
        mcast-group | mcast-port | mcast-ttl) ;;
        *) return 1 ;;
    esac
}

# Those whose value can be left out: the next word is theirs unless it begins with a dash.
_ipvsadm_may_take_value() {
    [[ $1 == persistent || $1 == wait || $1 == watch ]]
}

# Notes an option, with its value if it has one.
_ipvsadm_note() {
    local option=$1
    [[ -n $option ]] || return 0
    [[ -n $command ]] || command=$option
    given[$option]=${2-}
}

# Reads the words before the current one into command, given and awaited.
_ipvsadm_read() {
    local word letters option
    for word in "$@"; do
        if [[ -n $awaited ]]; then
            option=$awaited
            awaited=
            if [[ $word != -* ]] || ! _ipvsadm_may_take_value "$option"; then
                _ipvsadm_note "$option" "$word"
                continue
            fi
        fi
        case $word in
            --*=*)
                option=${word%%=*}
                _ipvsadm_note "${option#--}" "${word#*=}"
                ;;
            --?*)
                _ipvsadm_note "${word#--}"
                if _ipvsadm_takes_value "${word#--}" || _ipvsadm_may_take_value "${word#--}"; then
                    awaited=${word#--}
                fi
                ;;
            -?*)
                letters=${word#-}
                while [[ -n $letters ]]; do
                    _ipvsadm_name_letter "${letters:0:1}"
                    letters=${letters:1}
                    _ipvsadm_note "$option"
                    if _ipvsadm_takes_value "$option" || _ipvsadm_may_take_value "$option"; then
                        if [[ -n $letters ]]; then
                            _ipvsadm_note "$option" "${letters#=}"
                        else
                            awaited=$option
                        fi
                        break
                    fi
                done
                ;;
        esac
    done
}

# Whether one of these options is on the line already.
_ipvsadm_has() {
    local option
    for option in "$@"; do
        [[ -z ${given[$option]+given} ]] || return 0
    done
    return 1
}

# Whether an option can still be used on this line.
_ipvsadm_is_open() {
    ! _ipvsadm_has "$1" || return
    case $1 in
        tcp-service | udp-service | sctp-service | fwmark-service)
            ! _ipvsadm_has tcp-service udp-service sctp-service fwmark-service timeout daemon
            ;;
        ipv6) _ipvsadm_has fwmark-service ;;
        gatewaying | ipip | masquerading) ! _ipvsadm_has gatewaying ipip masquerading ;;
        tun-nocsum | tun-csum | tun-remcsum) ! _ipvsadm_has tun-nocsum tun-csum tun-remcsum ;;
        real-server) [[ $command != list ]] || _ipvsadm_has connection ;;
        stats | rate | thresholds | connection | timeout | daemon)
            ! _ipvsadm_has stats rate thresholds connection timeout daemon
            ;;
        persistent-conn) ! _ipvsadm_has timeout daemon ;;
        tun-info | exact | nosort) ! _ipvsadm_has connection timeout daemon ;;
        watch) ! _ipvsadm_has connection timeout daemon json ;;
        json) ! _ipvsadm_has watch ;;
        dry-run) _ipvsadm_has replace && ! _ipvsadm_has check ;;
        check) ! _ipvsadm_has dry-run ;;
    esac
}

# Puts an option into candidates: its letter if it has one, and its name once a dash is typed.
_ipvsadm_offer() {
    local name=$1 letter=${_ipvsadm_letters#*" $1="}
    if [[ $letter != "$_ipvsadm_letters" ]]; then
        candidates+=("-${letter:0:1}")
        [[ -n $current ]] || return 0
    fi
    candidates+=("--$name")
}

# The table as it is, one rule a line.
_ipvsadm_rules() {
    ipvsadm -S -n 2>/dev/null
}

# The virtual services that the option names: addresses with ports, or marks.
_ipvsadm_services() {
    local short rule service rest
    case $1 in
        tcp-service) short=-t ;;
        udp-service) short=-u ;;
        sctp-service) short=--sctp-service ;;
        fwmark-service) short=-f ;;
    esac
    while read -r rule option service rest; do
        [[ $rule != -A || $option != "$short" ]] || echo "$service"
    done < <(_ipvsadm_rules) | sort -u
}

# The real servers of the service on the line, or of all if it has none.
_ipvsadm_servers() {
    local wanted='' rule option
    for option in tcp-service:-t udp-service:-u sctp-service:--sctp-service fwmark-service:-f; do
        _ipvsadm_has "${option%%:*}" || continue
        wanted="-a ${option#*:} ${given[${option%%:*}]} "
    done
    ! _ipvsadm_has ipv6 || wanted+='-6 '
    while read -r rule; do
        [[ $rule == -a\ * && ($rule == "$wanted"-r\ * || -z $wanted) ]] || continue
        rule=${rule#* -r }
        echo "${rule%% *}"
    done < <(_ipvsadm_rules) | sort -u
}

# The schedulers that this kernel has as modules, or all that are known.
_ipvsadm_schedulers() {
    local release module found=
    read -r release </proc/sys/kernel/osrelease
    for module in "/lib/modules/$release/kernel/net/netfilter/ipvs"/ip_vs_*.ko*; do
        module=${module##*/ip_vs_}
        module=${module%%.ko*}
        case $module in
            '*' | ftp | pe_*) ;;
            *) echo "$module" && found=yes ;;
        esac
    done
    [[ -n $found ]] || printf '%s\n' rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos
}

# What the rest of a list of scheduler flags could be.
_ipvsadm_scheduler_flags() {
    local flags flag head=
    case ${given[scheduler]-any} in
        sh) flags='sh-fallback sh-port' ;;
        mh) flags='mh-fallback mh-port' ;;
        any) flags='flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port' ;;
        *) flags='flag-1 flag-2 flag-3' ;;
    esac
    [[ $current != *,* ]] || head=${current%,*},
    for flag in $flags; do
        [[ ,$head == *",$flag,"* ]] || echo "$head$flag"
    done
}

_ipvsadm_interfaces() {
    local interface
    for interface in /sys/class/net/*; do
        echo "${interface##*/}"
    done
}

# The values that the option awaited can have.
_ipvsadm_values() {
    case $1 in
        tcp-service | udp-service | sctp-service | fwmark-service)
            [[ $command == add-service ]] || _ipvsadm_services "$1"
            ;;
        real-server) [[ $command == add-server ]] || _ipvsadm_servers ;;
        scheduler) _ipvsadm_schedulers ;;
        sched-flags) _ipvsadm_scheduler_flags ;;
        pe) echo sip ;;
        tun-type) printf '%s\n' ipip gue gre ;;
        start-daemon | stop-daemon) printf '%s\n' master backup ;;
        mcast-interface) _ipvsadm_interfaces ;;
    esac
}

_ipvsadm() {
    local line=${COMP_LINE:0:COMP_POINT} current='' prefix='' command='' awaited='' option breaks=''
    local -a words candidates=()
    local -A given=()
    COMPREPLY=()

    read -ra words <<<"$line"
    if [[ $line != *[[:blank:]] ]]; then
        current=${words[-1]}
        unset 'words[-1]'
    fi
    if [[ $current == [\<\>]* || ${words[-1]-} == [\<\>]* ]]; then
        compopt -o default 2>/dev/null
        return
    fi

    case ${words[0]##*/} in
        ipvsadm-save) command=save ;;
        ipvsadm-restore) command=restore ;;
    esac
    _ipvsadm_read "${words[@]:1}"
    if [[ -z $awaited && $current == --*=* ]]; then
        prefix=${current%%=*}=
        current=${current#*=}
        awaited=${prefix#--}
        awaited=${awaited%=}
    fi

    if [[ -n $awaited ]] && ! _ipvsadm_may_take_value "$awaited"; then
        mapfile -t candidates < <(_ipvsadm_values "$awaited")
    elif [[ ${words[0]} == *-save ]]; then
        candidates=(-n --json)
    elif [[ -z $command ]]; then
        for option in $_ipvsadm_commands; do
            _ipvsadm_offer "$option"
        done
    else
        for option in $(_ipvsadm_options "$command"); do
            ! _ipvsadm_is_open "$option" || _ipvsadm_offer "$option"
        done
    fi

    for option in "${candidates[@]}"; do
        [[ $option != "$current"* ]] || COMPREPLY+=("$prefix$option")
    done

    # Bash replaces only what follows the last of its break characters in the word.
    current=$prefix$current
    [[ $COMP_WORDBREAKS != *=* ]] || breaks+='='
    [[ $COMP_WORDBREAKS != *:* ]] || breaks+=':'
    if [[ -n $breaks && $current == *[$breaks]* ]]; then
        prefix=${current%"${current##*["$breaks"]}"}
        COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
    fi
}

complete -F _ipvsadm ipvsadm ipvsadm-save ipvsadm-restore
