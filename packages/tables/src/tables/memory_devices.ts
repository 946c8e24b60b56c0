import { column, defineTable } from '../define-table.ts'
import { moduleMebibytes, speedOf, widthOf } from '../smbios/device-sizes.ts'
import { structuresOfType } from '../smbios/structures.ts'
import { bitWords, formFactors, handleText, memoryDetails, memoryTypes, wordOf } from '../smbios/words.ts'

export default defineTable({
  name: 'memory_devices',
  description: 'Slots for memory and the modules in them, as the firmware describes them (SMBIOS type 17).',
  platforms: ['linux'],
  columns: {
    handle: column.text('Handle of the structure in hex.'),
    array_handle: column.text('Handle of the array that the slot belongs to.'),
    form_factor: column.text('Form of the module, such as DIMM.'),
    total_width: column.integer('Width with bits for error correction, in bits; NULL when not known.'),
    data_width: column.integer('Width of the data in bits; NULL when not known.'),
    size: column.integer('Size of the module in mebibytes; 0 for an empty slot, NULL when not known.'),
    set: column.integer('Set of modules that must be filled together; 0 for none, 255 when not known.'),
    device_locator: column.text('Name of the slot as it is printed on the board.'),
    bank_locator: column.text('Name of the bank as it is printed on the board.'),
    memory_type: column.text('Kind of memory, such as DDR4.'),
    memory_type_details: column.text('Properties of the memory, separated by spaces.'),
    max_speed: column.integer('Highest speed in megatransfers a second; NULL when not known.'),
    configured_clock_speed: column.integer(
      'Speed that it runs at in megatransfers a second; NULL when not known.',
    ),
    manufacturer: column.text('Maker of the module.'),
    serial_number: column.text('Serial number of the module.'),
    asset_tag: column.text('Asset tag of the module.'),
    part_number: column.text('Part number of the module.'),
    min_voltage: column.integer('Lowest voltage in millivolts; 0 when not known.'),
    max_voltage: column.integer('Highest voltage in millivolts; 0 when not known.'),
    configured_voltage: column.integer('Voltage that it runs at in millivolts; 0 when not known.'),
  },
  examples: [
    'SELECT device_locator, size, memory_type, manufacturer, part_number FROM memory_devices WHERE size > 0',
  ],
  estimatedRows: 8,

  *rows(host, scan) {
    for (const device of structuresOfType(host, scan, 17))
      yield {
        handle: handleText(device.handle),
        array_handle: handleText(device.word(4)),
        form_factor: wordOf(formFactors, device.byte(0xe)),
        total_width: widthOf(device, 8),
        data_width: widthOf(device, 0xa),
        size: moduleMebibytes(device),
        set: device.byte(0xf),
        device_locator: device.string(0x10),
        bank_locator: device.string(0x11),
        memory_type: wordOf(memoryTypes, device.byte(0x12)),
        memory_type_details: bitWords(memoryDetails, device.word(0x13)),
        max_speed: speedOf(device, 0x15, 0x54),
        configured_clock_speed: speedOf(device, 0x20, 0x58),
        manufacturer: device.string(0x17),
        serial_number: device.string(0x18),
        asset_tag: device.string(0x19),
        part_number: device.string(0x1a),
        min_voltage: device.word(0x22),
        max_voltage: device.word(0x24),
        configured_voltage: device.word(0x26),
      }
  },
})
