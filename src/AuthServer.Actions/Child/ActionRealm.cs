using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Acornima.Ast;
using AuthServer.Actions.Messages;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace AuthServer.Actions.Child;

/// <summary>
/// A realm for one execution of one Action: what the Action changes in it is gone afterwards. Nothing of .NET is
/// reachable from it.
/// </summary>
internal sealed class ActionRealm : IDisposable
{
    /// <summary>What is before a module's code, on its first line.</summary>
    public const string ModuleStart = "(function (exports, require, module, actions) { ";

    private const int MaxPrepared = 200;
    private const int MaxArguments = 5;

    private static readonly ConcurrentDictionary<(string Source, string Code), Prepared<Script>> Prepared = new();

    private static readonly ScriptPreparationOptions Preparation = new()
    {
        ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true },
    };

    private readonly Engine engine;
    private readonly CpuConstraint cpu = new();
    private readonly JsValue settle;
    private readonly JsValue addModule;
    private readonly JsValue setVersions;
    private readonly JsValue run;
    private readonly JsValue fail;
    private readonly JsValue result;

    /// <param name="later">Starts an operation that is answered later: its id, its name, its arguments as JSON.</param>
    /// <param name="line">Writes a line to the console; null counts one that is not shown.</param>
    public ActionRealm(Action<long, string, string> later, Action<string?> line)
    {
        engine = new Engine(Configure);
        var host = FunctionOf("host", texts => HostFunctions.Call(texts[0]!, texts[1], texts[2], texts[3]));
        var signatures = new SignatureFunctions(cpu);
        var signature = FunctionOf(
            "signature", texts => signatures.Call(texts[0]!, texts[1]!, texts[2]!, texts[3], texts[4]));
        var ask = FunctionOf("later", texts =>
        {
            later(long.Parse(texts[0]!, CultureInfo.InvariantCulture), texts[1]!, texts[2]!);
            return null;
        });
        var write = FunctionOf("line", texts =>
        {
            line(texts[0]);
            return null;
        });
        var scripts = engine.Evaluate(Scripts.Realm);
        var core = engine.Invoke(scripts.Get("core"), host, signature, ask, write, scripts);
        var api = engine.Invoke(scripts.Get("api"), core);
        (settle, addModule) = (core.Get("settle"), core.Get("addModule"));
        setVersions = core.Get("setVersions");
        (run, fail, result) = (api.Get("run"), api.Get("fail"), api.Get("result"));
    }

    /// <summary>The result of the Action as JSON; null while it has not ended.</summary>
    public string? Result => engine.Invoke(result) is JsString text ? text.ToString() : null;

    /// <exception cref="Acornima.ParseErrorException">The code is not JavaScript.</exception>
    public static Prepared<Script> Prepare(string code) => Prepare("action", code);

    /// <summary>A function with the variables of CommonJS; the numbers of the lines are those of the code.</summary>
    public static Prepared<Script> PrepareModule(string name, string code) =>
        Prepare(RuntimeModules.OwnPrefix + name, $"{ModuleStart}{code}\n}})");

    /// <summary>A module that the Action may load.</summary>
    public void AddModule(ModuleSource module) => engine.Invoke(
        addModule,
        RuntimeModules.OwnPrefix + module.Name,
        engine.Evaluate(PrepareModule(module.Name, module.Code)),
        EventPipeline.ObjectOf(module.Secrets));

    /// <summary>Versions of modules that the Action asks for: the results of one may depend on it.</summary>
    public void SetVersions(IReadOnlyDictionary<string, string> dependencies) =>
        engine.Invoke(setVersions, EventPipeline.ObjectOf(dependencies));

    /// <summary>Executes the code, and calls its handler.</summary>
    public void Start(Prepared<Script> code, StartArguments arguments, TimeSpan budget)
    {
        cpu.Start(budget);
        try
        {
            engine.Execute(code);
        }
        catch (JavaScriptException thrown)
        {
            engine.Invoke(fail, thrown.Error);
            return;
        }

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

    private static Prepared<Script> Prepare(string source, string code)
    {
        if (Prepared.TryGetValue((source, code), out var known))
            return known;
        if (Prepared.Count >= MaxPrepared)
            Prepared.Clear();
        return Prepared.GetOrAdd(
            (source, code), static key => Engine.PrepareScript(key.Code, key.Source, options: Preparation));
    }

    /// <summary>A function whose arguments and result are texts.</summary>
    private ClrFunction FunctionOf(string name, Func<string?[], string?> call) => new(engine, name, (_, arguments) =>
    {
        var texts = new string?[MaxArguments];
        for (var i = 0; i < Math.Min(arguments.Length, MaxArguments); i++)
            texts[i] = arguments[i] is JsNull or JsUndefined ? null : TypeConverter.ToString(arguments[i]);
        return call(texts) is { } answer ? answer : JsValue.Null;
    });

    private void Configure(Options options)
    {
        options.Constraint(cpu).LimitMemory(ActionLimits.MaxAllocation).DisableStringCompilation();
        options.CatchClrExceptions(exception => exception is HostException);
        options.AgentCanSuspend = false;
        options.Modules.ModuleLoader = new RefusingModuleLoader();
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
