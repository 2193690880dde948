using System.Text.Json;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions;

/// <summary>Executes Actions apart from the server.</summary>
public interface IActionRunner
{
    /// <summary>Prepares for the first run, without waiting for it.</summary>
    void WarmUp();

    /// <summary>Executes the Actions of a trigger in order, until one of them fails or denies.</summary>
    /// <exception cref="ActionKilledException">
    /// No process is available for the Action, or its process had to be killed to stop it.
    /// </exception>
    Task<IReadOnlyList<ActionResult>> RunAsync(ActionRun run, CancellationToken ct);

    /// <summary>Compiles code without executing it.</summary>
    /// <returns>Its errors.</returns>
    /// <exception cref="ActionKilledException">The code could not be compiled within the limits.</exception>
    Task<IReadOnlyList<CompileError>> CheckAsync(CodeCheck check, CancellationToken ct);
}

/// <summary>Operations that Actions may ask the server for while they run.</summary>
public interface IActionHost
{
    /// <param name="operation">Its name.</param>
    /// <param name="arguments">An array, from a process that is not trusted.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="ActionHostException">It failed; the Action may catch it.</exception>
    Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken ct);
}

/// <summary>An operation that an Action requested failed.</summary>
/// <param name="message">What failed.</param>
/// <param name="code">Node.js's code of the cause, <c>ECONNREFUSED</c> for example; null without one.</param>
/// <param name="reason">Message of the cause.</param>
public sealed class ActionHostException(string message, string? code = null, string? reason = null)
    : Exception(message)
{
    public string? Code { get; } = code;

    public string? Reason { get; } = reason;
}

/// <summary>The process that executed an Action was killed, or died, or did not start.</summary>
/// <param name="index">Which of the run's Actions it executed; null when none.</param>
/// <param name="message">Why.</param>
/// <param name="console">The console of the run up to then.</param>
public sealed class ActionKilledException(int? index, string message, RunConsole? console = null) : Exception(message)
{
    public int? Index { get; } = index;

    public RunConsole Console { get; } = console ?? new RunConsole();
}
