namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>How a member is written in a form.</summary>
internal enum FieldKind
{
    Text,
    Number,

    /// <summary>An array of texts, one a line.</summary>
    Lines,
    Switch,

    /// <summary>One of the options.</summary>
    Choice,

    /// <summary>An array of options.</summary>
    Choices,

    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>The text of a program, of which nothing is trimmed.</summary>
    Program,
}

/// <summary>A member of a resource in a form.</summary>
/// <param name="Member">Its name in the resource's JSON, with periods where it is nested.</param>
/// <param name="Kind">How it is written.</param>
internal sealed record FormField(string Member, FieldKind Kind)
{
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What the options are called that are made of stored objects.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The value of a switch that is on; null for true.</summary>
    public string? OnValue { get; init; }

    /// <summary>An identifier or a URL, which is set in a monospaced font.</summary>
    public bool IsCode { get; init; }

    /// <summary>Of the control, for its label and for scripts of tests.</summary>
    public string Id => Member.Replace('.', '-');

    public static FormField Text(string member) => new(member, FieldKind.Text);

    public static FormField Code(string member) => new(member, FieldKind.Text) { IsCode = true };

    public static FormField Number(string member) => new(member, FieldKind.Number);

    public static FormField Lines(string member) => new(member, FieldKind.Lines) { IsCode = true };

    public static FormField Switch(string member) => new(member, FieldKind.Switch);

    /// <summary>A switch of a member that has this value while it is on, and is cleared while it is off.</summary>
    public static FormField Switch(string member, string on) => new(member, FieldKind.Switch) { OnValue = on };

    public static FormField Choice(string member, params string[] options) =>
        new(member, FieldKind.Choice) { Options = options };

    public static FormField Choices(string member, params string[] options) =>
        new(member, FieldKind.Choices) { Options = options };

    /// <summary>One of these objects, by id.</summary>
    public static FormField Choice(string member, IReadOnlyDictionary<string, string> labels) =>
        Choice(member, [.. labels.Keys]) with { Labels = labels };

    /// <summary>Some of these objects, by id.</summary>
    public static FormField Choices(string member, IReadOnlyDictionary<string, string> labels) =>
        Choices(member, [.. labels.Keys]) with { Labels = labels };

    public static FormField Program(string member) => new(member, FieldKind.Program) { IsCode = true };

    public static FormField Json(string member) => new(member, FieldKind.Json) { IsCode = true };
}

/// <summary>Fields under one heading.</summary>
/// <param name="Name">The last part of the keys of its texts.</param>
/// <param name="Fields">In order.</param>
internal sealed record FormSection(string Name, params FormField[] Fields);
