using System.Collections.Frozen;
using System.Text.Json;

namespace AuthServer.Actions.Messages;

/// <summary>The Actions of a trigger, to be executed in order.</summary>
public sealed record ActionRun
{
    /// <summary>The export that is called, <c>onExecutePostLogin</c> for example.</summary>
    public required string Handler { get; init; }

    /// <summary>Export of the first Action when a flow resumes with it; else <see cref="Handler"/>.</summary>
    public string? FirstHandler { get; init; }

    /// <summary>The event: a JSON object.</summary>
    public required JsonElement Event { get; init; }

    public required IReadOnlyList<ActionSource> Actions { get; init; }

    /// <summary>The trigger's cache: by its key, an object with <c>value</c> and <c>expires_at</c>.</summary>
    public JsonElement? Cache { get; init; }

    /// <summary>Milliseconds of the processor for each Action.</summary>
    public double Cpu { get; init; }

    /// <summary>Milliseconds for all of them.</summary>
    public double Wall { get; init; }
}

/// <summary>One Action.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">Its source text.</param>
/// <param name="Secrets">Its own; no other Action sees them.</param>
public sealed record ActionSource(string Name, string Code, IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>The modules of the administrator that it may load.</summary>
    public IReadOnlyList<ModuleSource> Modules { get; init; } = [];

    /// <summary>By the name of a package, the version that it asks for.</summary>
    public IReadOnlyDictionary<string, string> Dependencies { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Without the secrets.</summary>
    public override string ToString() => Name;
}

/// <summary>A module of the administrator.</summary>
/// <param name="Name">Its name, which an Action puts behind <c>actions:</c>.</param>
/// <param name="Code">Its source text.</param>
/// <param name="Secrets">Its own; it sees none of the Action.</param>
public sealed record ModuleSource(string Name, string Code, IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => Name;
}

/// <summary>
/// Result of one Action. It comes from a process that executes the code of users: nothing of it is trusted.
/// </summary>
public sealed record ActionResult
{
    public required string Name { get; init; }

    /// <summary>Null when the Action succeeded.</summary>
    public ActionError? Error { get; init; }

    /// <summary>An array of arrays: the path of the function, and its arguments.</summary>
    public JsonElement Commands { get; init; }

    /// <summary>The lines that it wrote to the console, which a child sends before the results.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Milliseconds from the beginning of the run.</summary>
    public double StartedAt { get; init; }

    public double EndedAt { get; init; }
}

/// <summary>Why an Action failed.</summary>
/// <param name="Id">The name of the exception.</param>
/// <param name="Message">Its message.</param>
/// <param name="Place">Line and column, when they are known.</param>
public sealed record ActionError(string Id, string Message, string? Place = null);

/// <summary>Code to be compiled, and not executed.</summary>
/// <param name="Code">Its source text.</param>
/// <param name="Modules">Names of the administrator's modules that it may load.</param>
public sealed record CodeCheck(string Code, IReadOnlyList<string> Modules)
{
    /// <summary>The code is a module of the administrator, and not an Action.</summary>
    public bool IsModule { get; init; }

    /// <summary>Names of the exports that the trigger calls; the Action needs the first.</summary>
    public IReadOnlyList<string> Handlers { get; init; } = [];
}

/// <summary>Why code can't be deployed.</summary>
/// <param name="Message">In the words of the parser.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record CompileError(string Message, int Line, int Column);
