using System.Collections.Concurrent;
using System.Text.Json;
using Acornima.Ast;
using Jint;
using Jint.Native;

namespace AuthServer.Actions.Child;

/// <summary>
/// A realm for one execution of one Action: what the Action changes in it is gone afterwards. Nothing of .NET is
/// reachable from it.
/// </summary>
internal sealed class ActionRealm : IDisposable
{
    private const int MaxPrepared = 200;

    private static readonly ConcurrentDictionary<string, Prepared<Script>> Prepared = new(StringComparer.Ordinal);

    private static readonly ScriptPreparationOptions Preparation = new()
    {
        ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true },
    };

    private readonly Engine engine;
    private readonly CpuConstraint cpu = new();
    private readonly JsValue settle;
    private readonly JsValue run;
    private readonly JsValue result;
    private readonly JsValue lines;

    /// <param name="later">Starts an operation that is answered later: its id, its name, its arguments as JSON.</param>
    public ActionRealm(Action<long, string, string> later)
    {
        engine = new Engine(Configure);
        var host = JsValue.FromObject(
            engine, new Func<string, string?, string?, string?, string?>(HostFunctions.Call));
        var signature = JsValue.FromObject(
            engine, new Func<string, string, string, string?, string?, string?>(new SignatureFunctions(cpu).Call));
        var ask = JsValue.FromObject(engine, new Action<double, string, string>((id, operation, arguments) =>
            later((long)id, operation, arguments)));
        var core = engine.Invoke(engine.Evaluate(Scripts.Core), host, signature, ask);
        foreach (var script in Scripts.Modules)
            engine.Invoke(engine.Evaluate(script), core);
        var api = engine.Invoke(engine.Evaluate(Scripts.Api), core);
        settle = core.Get("settle");
        (run, result, lines) = (api.Get("run"), api.Get("result"), api.Get("lines"));
    }

    /// <summary>The result of the Action as JSON; null while it has not ended.</summary>
    public string? Result => engine.Invoke(result) is JsString text ? text.ToString() : null;

    /// <summary>The lines that it wrote to the console, as JSON.</summary>
    public string Lines => engine.Invoke(lines).ToString();

    /// <exception cref="Acornima.ParseErrorException">The code is not JavaScript.</exception>
    public static Prepared<Script> Prepare(string code)
    {
        if (Prepared.TryGetValue(code, out var known))
            return known;
        if (Prepared.Count >= MaxPrepared)
            Prepared.Clear();
        return Prepared.GetOrAdd(code, static text => Engine.PrepareScript(text, "action", options: Preparation));
    }

    /// <summary>Executes the code, and calls its handler.</summary>
    public void Start(Prepared<Script> code, StartArguments arguments, TimeSpan budget)
    {
        cpu.Start(budget);
        engine.Execute(code);
        engine.Invoke(run, arguments.Handler, arguments.Event, arguments.Secrets, arguments.Cache);
        engine.Advanced.ProcessTasks();
    }

    /// <summary>Answers an operation that was started.</summary>
    public void Settle(long id, bool succeeded, JsonElement value)
    {
        engine.Invoke(settle, id, succeeded, value.GetRawText());
        engine.Advanced.ProcessTasks();
    }

    public void Dispose() => engine.Dispose();

    private void Configure(Options options)
    {
        options.Constraint(cpu).LimitMemory(ActionLimits.MaxAllocation).DisableStringCompilation();
        options.CatchClrExceptions(exception => exception is HostException);
        options.AgentCanSuspend = false;
        options.TimeZone = TimeZoneInfo.Utc;
        options.Json.MaxParseDepth = ActionLimits.MaxJsonDepth;
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.MaxExecutionStackCount = ActionLimits.MaxCallDepth;
        options.Constraints.MaxArraySize = ActionLimits.MaxArrayLength;
        options.Constraints.RegexTimeout = ActionLimits.RegexTimeout;
    }
}

/// <summary>The arguments of a run; the objects as JSON.</summary>
internal sealed record StartArguments(string Handler, string Event, string Secrets, string Cache);
