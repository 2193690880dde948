using System.Runtime.InteropServices;
using System.Text.Json;
using AuthServer.Actions.Messages;

namespace AuthServer.Actions.Child;

/// <summary>
/// The child process: executes Actions for its parent, one run at a time, over its standard streams. It has no
/// environment, and ends when its parent does.
/// </summary>
public static class ActionChild
{
    /// <summary>Runs until the first ones have been compiled to machine code.</summary>
    private const int WarmUpRuns = 2;

    /// <returns>The exit code.</returns>
    public static int Run()
    {
        // A terminal's Ctrl+C reaches every process of its group; the parent decides when this one ends.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var parent = new ParentChannel(Console.OpenStandardInput(), Console.OpenStandardOutput());
        var executor = new ActionExecutor(parent);
        for (var i = 0; i < WarmUpRuns; i++)
            executor.Run(WarmUp());
        CodeChecker.Check(new CodeCheck(Scripts.WarmUp, []));
        parent.Write(new ChildMessage { IsReady = true });
        while (parent.Read() is { } message)
        {
            if (message.Run is { } run)
                parent.Write(executor.Run(run));
            else if (message.Check is { } check)
                parent.Write(new ChildMessage { Errors = CodeChecker.Check(check) });
        }

        return 0;
    }

    private static ActionRun WarmUp()
    {
        using var example = JsonDocument.Parse(
            """
            {
              "user": {
                "user_id": "auth0|1", "email": "Warm@example.com", "user_metadata": { "favorite_color": "blue" },
                "app_metadata": { "groups": ["app:one"] }
              },
              "authorization": { "roles": ["admin"] },
              "request": { "ip": "192.0.2.1" },
              "transaction": { "requested_scopes": ["admin"], "metadata": {} }
            }
            """);
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["KEY"] = "warm" };
        return new ActionRun
        {
            Handler = "onExecutePostLogin",
            Event = example.RootElement.Clone(),
            Actions = [new ActionSource("warm", Scripts.WarmUp, secrets)],
            Cpu = 10_000,
            Wall = 10_000,
        };
    }
}
