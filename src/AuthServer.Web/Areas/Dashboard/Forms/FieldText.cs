using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;

namespace AuthServer.Web.Areas.Dashboard.Forms;

/// <summary>The text of a field, made of JSON and turned into JSON.</summary>
internal static class FieldText
{
    public const string On = "true";
    public const string Off = "false";

    /// <summary>The value that a resource has, as the field shows it.</summary>
    public static string Of(FormField field, JsonObject resource)
    {
        var value = MemberPath.Find(resource, field.Member);
        return field.Kind switch
        {
            FieldKind.Switch => IsOn(field, value) ? On : Off,
            FieldKind.Lines when value is JsonArray list => string.Join('\n', list),
            FieldKind.Choices => string.Join('\n', field.Options.Intersect(TextsOf(value), StringComparer.Ordinal)),
            FieldKind.Json => (value ?? new JsonObject()).ToJsonString(JsonText.Indented),
            FieldKind.Program => value?.ToString().ReplaceLineEndings("\n") ?? "",
            _ => value?.ToString() ?? "",
        };
    }

    /// <summary>What was posted, in the form in which the stored value is shown.</summary>
    public static string Of(FormField field, IFormCollection form)
    {
        var posted = form[field.Member];
        return field.Kind switch
        {
            FieldKind.Switch => posted.Contains(On, StringComparer.Ordinal) ? On : Off,
            FieldKind.Choices =>
                string.Join('\n', field.Options.Intersect(posted.OfType<string>(), StringComparer.Ordinal)),
            FieldKind.Lines => string.Join('\n', LinesOf(posted.ToString())),
            FieldKind.Program => posted.ToString().ReplaceLineEndings("\n"),
            _ => posted.ToString().ReplaceLineEndings("\n").Trim(),
        };
    }

    /// <returns>False for a text that can't be the field's value.</returns>
    public static bool TryRead(FormField field, string text, out JsonNode? value)
    {
        value = null;
        switch (field.Kind)
        {
            case FieldKind.Switch:
                value = field.OnValue is { } on ? (text == On ? on : null) : text == On;
                return true;
            case FieldKind.Lines or FieldKind.Choices:
                value = JsonText.ArrayOf(LinesOf(text));
                return true;
            case FieldKind.Number when text.Length > 0:
                if (!decimal.TryParse(
                    text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                    return false;
                value = number;
                return true;
            case FieldKind.Json:
                value = ReadObject(text.Length == 0 ? "{}" : text);
                return value is not null;
            default:
                // Null resets a member, or clears it.
                value = text.Length == 0 ? null : text;
                return true;
        }
    }

    /// <returns>Null for a text that is not a JSON object, or names a member twice.</returns>
    public static JsonObject? ReadObject(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOn(FormField field, JsonNode? value) => value is JsonValue flag
        && (field.OnValue is null
            ? flag.GetValueKind() == JsonValueKind.True
            : flag.ToString() == field.OnValue);

    /// <summary>The texts of an array that are not among the options: a form leaves them as they are.</summary>
    public static IEnumerable<string> BesideOptions(FormField field, JsonObject resource) =>
        TextsOf(MemberPath.Find(resource, field.Member)).Except(field.Options, StringComparer.Ordinal);

    private static IEnumerable<string> TextsOf(JsonNode? value) =>
        value is JsonArray list ? list.Select(item => item?.ToString() ?? "") : [];

    private static string[] LinesOf(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
