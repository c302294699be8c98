# Completion for kvar-cli in bash. SPDX-License-Identifier: GPL-3.0-or-later

_kvar_cli_options() {
  case "$1" in
    '')       echo '--demo --project --user --help --version' ;;
    sign-in)  echo '--project --key --email --password-stdin --help' ;;
    sign-out) echo '--everywhere --help' ;;
    api)      echo '-X -H -d --method --header --data --batch --help' ;;
    export)   echo '-o --format --preset --view --titles --columns --where --arg --order --output --resume --help' ;;
    status|tables|schema|drafts) echo '--json --help' ;;
  esac
}

_kvar_cli() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local verb='' word i
  COMPREPLY=()

  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case "$word" in
      --project|--user) ((i++)) ;;
      =|-*) ;;
      sign-in|sign-out|status|api|tables|schema|drafts|export) verb=$word; break ;;
    esac
  done

  # bash takes --format=csv apart into three words.
  if [ "$current" = '=' ]; then
    current=''
  elif [ "$previous" = '=' ]; then
    previous=${COMP_WORDS[COMP_CWORD-2]}
  fi

  case "$verb $previous" in
    'export --format') COMPREPLY=($(compgen -W 'csv ndjson json xlsx' -- "$current")); return ;;
    'export --preset') COMPREPLY=($(compgen -W 'excel' -- "$current")); return ;;
    'export -o'|'export --output') COMPREPLY=($(compgen -f -- "$current")); return ;;
    'api -X'|'api --method') COMPREPLY=($(compgen -W 'GET POST PATCH PUT DELETE' -- "$current")); return ;;
    'drafts drafts') COMPREPLY=($(compgen -W 'list export' -- "$current")) ;;
  esac

  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$(_kvar_cli_options "$verb")" -- "$current"))
  elif [ -z "$verb" ]; then
    COMPREPLY=($(compgen -W 'sign-in sign-out status api tables schema drafts export' -- "$current"))
  fi
}

complete -o default -F _kvar_cli kvar-cli
