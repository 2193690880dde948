using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>A form over members of a resource: what is stored, what was typed, and what is wrong with it.</summary>
/// <param name="resource">Begins the keys of its texts.</param>
/// <param name="sections">Its fields.</param>
/// <param name="stored">The resource as it is stored.</param>
internal sealed class ResourceForm(string resource, IReadOnlyList<FormSection> sections, JsonObject stored)
{
    private readonly Dictionary<string, string> typed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);

    public IReadOnlyList<FormSection> Sections => sections;

    /// <summary>Begins the keys of texts.</summary>
    public string Resource => resource;

    /// <summary>Identifies what the fields showed.</summary>
    public string Version { get; } = VersionOf(sections, stored);

    /// <summary>The resource was changed after the form was shown.</summary>
    public bool IsOutdated { get; private set; }

    /// <summary>What is wrong with no field of its own.</summary>
    public string? Error { get; private set; }

    /// <summary>The resource is not stored yet.</summary>
    public bool IsNew { get; init; }

    /// <summary>The form can't be sent.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The key of what its button says.</summary>
    public string Submit { get; init; } = "Dashboard.Save";

    /// <summary>The page handler of a second button, and the last part of the key of what it says.</summary>
    public string? OtherHandler { get; init; }

    /// <summary>The key of what is said above the form when it is refused.</summary>
    public string Refusal { get; set; } = "Dashboard.NotSaved";

    public bool HasErrors => Error is not null || errors.Count > 0;

    private IEnumerable<FormField> Fields => sections.SelectMany(section => section.Fields);

    public FieldView this[FormField field] => new(
        field,
        $"Dashboard.{resource}.{field.Member}",
        typed.GetValueOrDefault(field.Member) ?? FieldText.Of(field, stored))
    {
        Error = errors.GetValueOrDefault(field.Member),
        Meanwhile = IsOutdated && FieldText.Of(field, stored) is var now && typed[field.Member] != now ? now : null,
        IsReadOnly = IsReadOnly,
        IsNew = IsNew,
    };

    /// <summary>Whether the resource still has what the fields showed.</summary>
    public bool IsCurrent(JsonObject resource) => VersionOf(sections, resource) == Version;

    /// <summary>Takes over what was typed.</summary>
    /// <returns>The members that are not as they are stored: the body of an update.</returns>
    public JsonObject Take(IFormCollection form)
    {
        var changes = new JsonObject();
        foreach (var field in Fields)
        {
            var text = typed[field.Member] = FieldText.Of(field, form);
            if (text == FieldText.Of(field, stored))
                continue;
            if (!FieldText.TryRead(field, text, out var value))
                errors[field.Member] = field.Kind == FieldKind.Number ? Reasons.NotANumber : Reasons.NotAnObject;
            else if (field.Kind == FieldKind.Choices)
                MemberPath.Set(changes, field.Member, WithOthers(field, value!));
            else
                MemberPath.Set(changes, field.Member, value);
        }

        IsOutdated = form["version"] != Version;
        return changes;
    }

    /// <summary>Shows an error at the field that it is about.</summary>
    public void Refuse(ManagementError error)
    {
        var reason = error.Invalid?.Reason ?? error.Message;
        var about = Fields.FirstOrDefault(field => field.Member == error.Path || IsMissing(field, error, reason))
            ?? Fields.FirstOrDefault(field => IsWithin(field, error) && IsChanged(field))
            ?? Fields.FirstOrDefault(field => IsPart(field, error));
        if (about is not null)
            errors[about.Member] = reason;
        else
            Error = reason;
    }

    private static bool IsMissing(FormField field, ManagementError error, string reason)
    {
        var dot = field.Member.LastIndexOf('.');
        return reason == ValidationError.Missing(field.Member[(dot + 1)..]).Reason
            && (error.Path ?? "") == (dot < 0 ? "" : field.Member[..dot]);
    }

    /// <summary>Rules of a nested object name only the object.</summary>
    private static bool IsWithin(FormField field, ManagementError error) =>
        error.Path is { } path && field.Member.StartsWith(path + '.', StringComparison.Ordinal);

    /// <summary>The field shows the whole of which a part is invalid.</summary>
    private static bool IsPart(FormField field, ManagementError error) =>
        error.Path is { } path && path.StartsWith(field.Member + '.', StringComparison.Ordinal);

    private bool IsChanged(FormField field) => typed[field.Member] != FieldText.Of(field, stored);

    private JsonArray WithOthers(FormField field, JsonNode chosen)
    {
        var all = chosen.AsArray();
        foreach (var other in FieldText.BesideOptions(field, stored))
            all.Add(other);
        return all;
    }

    private static string VersionOf(IReadOnlyList<FormSection> sections, JsonObject resource)
    {
        var shown = sections.SelectMany(section => section.Fields)
            .Where(field => !field.IsSecret)
            .Select(field => FieldText.Of(field, resource));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', shown))));
    }
}

/// <summary>A field as a page shows it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Key">Of its label; hint and options have keys that begin with it.</param>
/// <param name="Text">What it has.</param>
internal sealed record FieldView(FormField Field, string Key, string Text)
{
    /// <summary>Why its value is refused, in English.</summary>
    public string? Error { get; init; }

    /// <summary>What was saved since the form was shown; null when that is what was typed.</summary>
    public string? Meanwhile { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>The resource is not stored yet, so that the first option is as good as any.</summary>
    public bool IsNew { get; init; }

    /// <summary>The options, with the value that a resource has beside them.</summary>
    public IEnumerable<string> Options =>
        IsNew || Field.Options.Contains(Text, StringComparer.Ordinal) ? Field.Options : [Text, .. Field.Options];

    /// <summary>The height of a text area.</summary>
    public int Rows => Field.Kind == FieldKind.Program
        ? Math.Clamp(Text.Count(c => c == '\n') + 3, 16, 40)
        : Math.Clamp(Text.Count(c => c == '\n') + 1, 1, 16);

    public bool Has(string option) => Text.Split('\n').Contains(option, StringComparer.Ordinal);
}
