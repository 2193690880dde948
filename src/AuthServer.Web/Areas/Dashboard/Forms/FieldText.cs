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
            FieldKind.Switch => value is JsonValue flag && flag.GetValueKind() == JsonValueKind.True ? On : Off,
            FieldKind.Lines when value is JsonArray list => string.Join('\n', list),
            FieldKind.Choices => string.Join('\n', field.Options.Intersect(TextsOf(value), StringComparer.Ordinal)),
            FieldKind.Json => (value ?? new JsonObject()).ToJsonString(JsonText.Indented),
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
                value = text == On;
                return true;
            case FieldKind.Lines or FieldKind.Choices:
                value = new JsonArray([.. LinesOf(text).Select(line => (JsonNode)line)]);
                return true;
            case FieldKind.Number when text.Length > 0:
                if (!decimal.TryParse(
                    text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                    return false;
                value = number;
                return true;
            case FieldKind.Json:
                return TryReadObject(text, out value);
            default:
                // Null resets a member, or clears it.
                value = text.Length == 0 ? null : text;
                return true;
        }
    }

    private static bool TryReadObject(string text, out JsonNode? value)
    {
        value = null;
        try
        {
            value = JsonNode.Parse(text.Length == 0 ? "{}" : text);
            return value is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The texts of an array that are not among the options: a form leaves them as they are.</summary>
    public static IEnumerable<string> BesideOptions(FormField field, JsonObject resource) =>
        TextsOf(MemberPath.Find(resource, field.Member)).Except(field.Options, StringComparer.Ordinal);

    private static IEnumerable<string> TextsOf(JsonNode? value) =>
        value is JsonArray list ? list.Select(item => item?.ToString() ?? "") : [];

    private static string[] LinesOf(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
