/*
 * wine32-shim.c: what i386 Wine needs to run under QEMU's user emulation. Preloaded into it by tools/setup's wine script.
 *
 * Layer: set-up, only where the kernel runs no 32-bit code. Built with gcc -m32 and no C library: no 32-bit development
 * files are needed, and a signal handler must not use thread-local data before Wine has restored its segments.
 *
 * 1. QEMU delivers memory faults with trap number -1; Wine tells a page fault from an illegal instruction by that number. The
 *    handler of SIGSEGV is wrapped and the number mended.
 * 2. The variables that load this library are taken out of the environment: 64-bit children must not see them.
 * 3. FreeType is left out (it crashes there; no test draws text); Wine's message about that is dropped.
 */
typedef unsigned int word;

struct kernel_action {
    void *handler;
    word flags;
    void *restorer;
    word mask[2];
};

struct libc_action {
    void *handler;
    word mask[32];
    word flags;
    void *restorer;
};

enum { SEGV = 11, PAGE_FAULT = 14, RT_SIGACTION = 174, TRAPNO = 5 + 12 /* word of ucontext: header, then registers */ };

extern char **environ;
extern int __write(int file, const char *text, word size);
int sigaction(int signal, const struct libc_action *action, struct libc_action *old);
int write(int file, const char *text, word size);

static void *segv_handler;

static int kernel_sigaction(int signal, const struct kernel_action *action, struct kernel_action *old)
{
    int result;
    __asm__ volatile("push %%ebx\n\tmov %2, %%ebx\n\tint $0x80\n\tpop %%ebx"
                     : "=a"(result)
                     : "0"(RT_SIGACTION), "r"(signal), "c"(action), "d"(old), "S"(8)
                     : "memory");
    return result;
}

static void on_segv(int signal, void *info, word *context)
{
    if (context[TRAPNO] == (word)-1)
        context[TRAPNO] = PAGE_FAULT;
    ((void (*)(int, void *, word *))segv_handler)(signal, info, context);
}

int sigaction(int signal, const struct libc_action *action, struct libc_action *old)
{
    struct kernel_action to, from;

    if (action) {
        to = (struct kernel_action){action->handler, action->flags, action->restorer, {action->mask[0], action->mask[1]}};
        /* 0 and 1 are SIG_DFL and SIG_IGN */
        if (signal == SEGV && (word)action->handler > 1) {
            segv_handler = action->handler;
            to.handler = (void *)on_segv;
        }
    }
    if (kernel_sigaction(signal, action ? &to : 0, old ? &from : 0) < 0)
        return -1;
    if (old) {
        *old = (struct libc_action){.handler = from.handler, .flags = from.flags, .restorer = from.restorer};
        if (from.handler == (void *)on_segv)
            old->handler = segv_handler;
        old->mask[0] = from.mask[0];
        old->mask[1] = from.mask[1];
    }
    return 0;
}

int write(int file, const char *text, word size)
{
    static const char dropped[] = "Wine cannot find the FreeType";
    word i = 0;

    while (file == 2 && i < sizeof dropped - 1 && i < size && text[i] == dropped[i])
        i++;
    return i == sizeof dropped - 1 ? (int)size : __write(file, text, size);
}

static int begins(const char *text, const char *part)
{
    while (*part && *text == *part)
        text++, part++;
    return !*part;
}

__attribute__((constructor)) static void clean_environment(void)
{
    char **from, **to;

    for (from = to = environ; *from; from++)
        if (!begins(*from, "LD_PRELOAD=") && !begins(*from, "LD_LIBRARY_PATH="))
            *to++ = *from;
    *to = 0;
}
