using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthServer.Web.Management.Jobs;

/// <summary>Comma-separated values, RFC 4180.</summary>
internal static class CsvText
{
    public static string Of(JsonNode? value) =>
        value is null ? ""
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
        : value.ToJsonString();

    public static string Row(IEnumerable<string> fields) =>
        string.Join(',', fields.Select(field => "\"" + Harmless(field).Replace("\"", "\"\"") + "\""));

    /// <summary>
    /// Users choose their names: a spreadsheet would run one that begins as a formula does
    /// (https://owasp.org/www-community/attacks/CSV_Injection).
    /// </summary>
    private static string Harmless(string field) =>
        field.Length > 0 && (field[0] is '=' or '@' or '\t' or '\r' || (field[0] is '+' or '-' && !IsNumber(field)))
            ? "'" + field
            : field;

    private static bool IsNumber(string field) =>
        field.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
