using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthServer.Actions.Messages;

/// <summary>A line that the parent writes; one of its members is there.</summary>
internal sealed record ParentMessage
{
    public ActionRun? Run { get; init; }

    public CodeCheck? Check { get; init; }

    public HostAnswer? Answer { get; init; }

    /// <summary>The child that sent <see cref="ChildMessage.IsResuming"/> has a place again.</summary>
    public bool MayResume { get; init; }
}

/// <summary>A line that a child writes; one of its members is there.</summary>
internal sealed record ChildMessage
{
    public bool IsReady { get; init; }

    /// <summary>The Action of this index begins; not sent for the first.</summary>
    public int? Begin { get; init; }

    public HostCall? Call { get; init; }

    /// <summary>A line that the Action wrote to the console.</summary>
    public string? Line { get; init; }

    /// <summary>Nothing is executed from here to <see cref="ParentMessage.MayResume"/>.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>One of the calls was answered, or a timer has ended: the Action can go on.</summary>
    public bool IsResuming { get; init; }

    public IReadOnlyList<ActionResult>? Results { get; init; }

    public IReadOnlyList<CompileError>? Errors { get; init; }

    /// <summary>The memory ran out: the child is not to be used again.</summary>
    public bool IsExhausted { get; init; }
}

/// <summary>Operation outside of its process that an Action requests.</summary>
internal sealed record HostCall(long Id, string Operation, JsonElement Arguments);

/// <summary>The answer to a <see cref="HostCall"/>: a value, or what failed.</summary>
internal sealed record HostAnswer(long Id, bool Succeeded, JsonElement Value);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    MaxDepth = 128)]
[JsonSerializable(typeof(ParentMessage))]
[JsonSerializable(typeof(ChildMessage))]
internal sealed partial class MessageContext : JsonSerializerContext;
